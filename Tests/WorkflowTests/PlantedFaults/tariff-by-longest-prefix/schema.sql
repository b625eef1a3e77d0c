-- Each call is compared with every tariff prefix by LIKE; a join on a computed pattern can be neither hashed nor indexed.
CREATE SCHEMA telco;
CREATE TABLE telco.tariff (prefix text PRIMARY KEY, zone text NOT NULL, cents numeric(6,3) NOT NULL);
INSERT INTO telco.tariff SELECT (20 + i)::text, 'zone ' || i % 7, i / 10.0 FROM generate_series(0, 3999) AS i;
CREATE TABLE telco.call (call_id integer PRIMARY KEY, dialled text NOT NULL, started_at timestamp NOT NULL, seconds integer NOT NULL);
INSERT INTO telco.call
SELECT i, (20 + (hashint4(i) & 2147483647) % 9000)::text || lpad((i % 10000)::text, 5, '0'), timestamp '2024-04-01' + make_interval(secs => i * 20), i % 600
FROM generate_series(1, 60000) AS i;
CREATE INDEX call_started ON telco.call (started_at);
VACUUM ANALYZE telco.tariff;
VACUUM ANALYZE telco.call;
