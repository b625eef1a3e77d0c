-- The composite index exists; date_trunc on a timestamp keeps its second column out of the index condition.
CREATE TABLE kiosk_sale (sale_id integer NOT NULL, kiosk_id integer NOT NULL, sold_on timestamp NOT NULL, cents integer NOT NULL, till text NOT NULL);
INSERT INTO kiosk_sale
SELECT i, CASE WHEN i % 4 = 0 THEN 3 ELSE (hashint4(i) & 2147483647) % 900 END, timestamp '2016-01-01' + make_interval(mins => i * 5), i % 9000, 'till number ' || i % 60 || ', ground floor'
FROM generate_series(1, 800000) AS i;
ALTER TABLE kiosk_sale ADD PRIMARY KEY (sale_id);
CREATE INDEX kiosk_sale_kiosk_day ON kiosk_sale (kiosk_id, sold_on);
VACUUM ANALYZE kiosk_sale;
