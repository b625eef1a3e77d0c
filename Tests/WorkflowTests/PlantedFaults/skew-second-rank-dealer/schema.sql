-- 100 dealers hold 60 percent, 8 branches 1800 rows each, the rest are one-off private sellers: the list of common values ends at 100.
CREATE TABLE sale_event (
    event_id integer NOT NULL,
    dealer text NOT NULL,
    engine integer NOT NULL,
    price integer NOT NULL
);
INSERT INTO sale_event
SELECT i, CASE WHEN i % 100 < 60 THEN 'dealer ' || (hashint4(i + 7) & 2147483647) % 100
               WHEN i % 17 = 5 THEN 'branch ' || (hashint4(i + 8) & 2147483647) % 8
               ELSE 'private ' || i END,
       (hashint4(i) & 2147483647) % 1900, 3000 + (hashint4(i + 1) & 2147483647) % 40000
FROM generate_series(1, 600000) AS i;
CREATE TABLE inspection (engine integer NOT NULL, seen date NOT NULL, verdict text NOT NULL, minutes smallint NOT NULL);
INSERT INTO inspection
SELECT (hashint4(i) & 2147483647) % 1900, date '2022-01-01' + i % 700, CASE WHEN i % 60 = 0 THEN 'failed' ELSE 'passed' END, i % 50 FROM generate_series(1, 480000) AS i;
CREATE INDEX sale_event_dealer ON sale_event (dealer);
CREATE INDEX inspection_engine ON inspection (engine);
VACUUM ANALYZE sale_event;
VACUUM ANALYZE inspection;
