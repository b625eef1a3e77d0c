-- Larger: no index on crane_move.call_id under a LATERAL. Smaller: date(arrived) hides the index on the arrival.
CREATE SCHEMA harbour;
CREATE TABLE harbour.call (call_id integer NOT NULL, ship text NOT NULL, arrived timestamp NOT NULL, berth smallint NOT NULL);
INSERT INTO harbour.call SELECT i, 'ship ' || i % 4000, timestamp '2015-01-01' + make_interval(mins => i * 9), i % 30 FROM generate_series(1, 600000) AS i;
ALTER TABLE harbour.call ADD PRIMARY KEY (call_id);
CREATE INDEX call_arrived ON harbour.call (arrived);
CREATE TABLE harbour.crane_move (call_id integer NOT NULL, moved_at timestamp NOT NULL, container char(11) NOT NULL);
INSERT INTO harbour.crane_move
SELECT 1 + (hashint4(i) & 2147483647) % 600000, timestamp '2015-01-01' + make_interval(mins => i), 'MSKU' || lpad((i % 9000000)::text, 7, '0') FROM generate_series(1, 200000) AS i;
VACUUM ANALYZE harbour.call;
VACUUM ANALYZE harbour.crane_move;
