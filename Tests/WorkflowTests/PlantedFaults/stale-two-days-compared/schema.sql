-- Autovacuum is off for the load table; the last two days are unknown to the statistics.
CREATE SCHEMA pricing;
CREATE TABLE pricing.quote (
    quoted_on date NOT NULL,
    article integer NOT NULL,
    supplier smallint NOT NULL,
    price numeric(10,2) NOT NULL
) WITH (autovacuum_enabled = false);
CREATE INDEX quote_day ON pricing.quote (quoted_on);
INSERT INTO pricing.quote
SELECT date '2024-03-01' + i / 2000, i % 2000, i % 7, ((hashint4(i) & 2147483647) % 100000) / 100.0
FROM generate_series(0, 119999) AS i;
ANALYZE pricing.quote;
INSERT INTO pricing.quote
SELECT date '2024-05-20' + i / 2000, i % 2000, i % 7, ((hashint4(i) & 2147483647) % 100000) / 100.0
FROM generate_series(0, 3999) AS i;
