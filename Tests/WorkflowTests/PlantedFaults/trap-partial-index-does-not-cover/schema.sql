-- work_order_open covers state = 'open' only; the condition is an IN list of two states.
CREATE SCHEMA repair;
CREATE TABLE repair.work_order (order_id integer NOT NULL, plant integer NOT NULL, state text NOT NULL, due timestamptz, fault text NOT NULL);
INSERT INTO repair.work_order
SELECT i, (hashint4(i) & 2147483647) % 400, CASE WHEN i % 50 = 0 THEN 'open' WHEN i % 90 = 1 THEN 'held' ELSE 'closed' END, timestamptz '2020-01-01 00:00:00+00' + make_interval(mins => i * 2), 'pump ' || i || ' leaks at the shaft seal'
FROM generate_series(1, 700000) AS i;
ALTER TABLE repair.work_order ADD PRIMARY KEY (order_id);
CREATE INDEX work_order_open ON repair.work_order (plant) WHERE state = 'open';
VACUUM ANALYZE repair.work_order;
