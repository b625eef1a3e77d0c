-- 100 dealers hold 60 percent, 8 branches 1800 rows each, the rest are one-off private sellers: the list of common values ends at 100.
CREATE TABLE sale_event (
    event_id integer NOT NULL,
    dealer text NOT NULL,
    vin integer NOT NULL,
    sold_on date NOT NULL,
    price integer NOT NULL
);
INSERT INTO sale_event
SELECT i, CASE WHEN i % 100 < 60 THEN 'dealer ' || (hashint4(i + 7) & 2147483647) % 100
               WHEN i % 17 = 5 THEN 'branch ' || (hashint4(i + 8) & 2147483647) % 8
               ELSE 'private ' || i END,
       (hashint4(i) & 2147483647) % 1500, date '2023-01-01' + i % 400, 3000 + (hashint4(i + 1) & 2147483647) % 40000
FROM generate_series(1, 600000) AS i;
CREATE INDEX sale_event_dealer ON sale_event (dealer);
ALTER TABLE sale_event ADD PRIMARY KEY (event_id);
VACUUM ANALYZE sale_event;
