-- The statistics are old, but the data kept its shape and the estimate is right: the missing index is the fault.
CREATE TABLE bookings (
    booking_id integer PRIMARY KEY,
    room integer NOT NULL,
    night date NOT NULL,
    guest text NOT NULL,
    remark text NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO bookings
SELECT i, (hashint4(i) & 2147483647) % 3000, date '2023-01-01' + i % 365, 'guest ' || i,
       'two adults, late arrival, breakfast included' FROM generate_series(1, 300000) AS i;
VACUUM ANALYZE bookings;
INSERT INTO bookings
SELECT i, (hashint4(i) & 2147483647) % 3000, date '2023-01-01' + i % 365, 'guest ' || i,
       'two adults, late arrival, breakfast included' FROM generate_series(300001, 1200000) AS i;
