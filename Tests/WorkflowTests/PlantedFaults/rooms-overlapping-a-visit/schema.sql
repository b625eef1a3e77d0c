-- Overlap of a range is asked for; the table has B-trees on room and on the range itself, and neither knows of overlaps.
CREATE SCHEMA hotel;
CREATE TABLE hotel.reservation (reservation_id integer PRIMARY KEY, room smallint NOT NULL, stay daterange NOT NULL, guest text NOT NULL);
INSERT INTO hotel.reservation
SELECT i, (hashint4(i) & 2147483647) % 900, daterange(d, d + 1 + (hashint4(i + 2) & 2147483647) % 9), 'guest ' || i % 77777
FROM (SELECT i, date '2015-01-01' + (hashint4(i + 1) & 2147483647) % 3600 AS d FROM generate_series(1, 800000) AS i) AS x;
CREATE INDEX reservation_room ON hotel.reservation (room);
CREATE INDEX reservation_stay ON hotel.reservation (stay);
VACUUM ANALYZE hotel.reservation;
