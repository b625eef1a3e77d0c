-- Larger: ORDER BY … LIMIT walks the time index past all other shops' sales. Smaller: refunds are keyed (day, shop).
CREATE SCHEMA market;
CREATE TABLE market.sale (sale_id integer NOT NULL, shop integer NOT NULL, sold_at timestamptz NOT NULL, cents integer NOT NULL, memo text NOT NULL);
INSERT INTO market.sale
SELECT i, CASE WHEN i <= 80000 THEN i % 20 ELSE 20 + (hashint4(i) & 2147483647) % 80 END, timestamptz '2018-01-01 00:00:00+00' + make_interval(mins => i * 4), i % 50000, 'paid by card, terminal ' || i % 700
FROM generate_series(1, 900000) AS i;
ALTER TABLE market.sale ADD PRIMARY KEY (sale_id);
CREATE INDEX sale_sold_at ON market.sale (sold_at);
CREATE TABLE market.refund (day date NOT NULL, shop integer NOT NULL, refund_id integer NOT NULL, cents integer NOT NULL, PRIMARY KEY (day, shop, refund_id));
INSERT INTO market.refund SELECT date '2018-01-01' + i / 120, (hashint4(i) & 2147483647) % 900, i, i % 4000 FROM generate_series(1, 250000) AS i;
VACUUM ANALYZE market.sale;
VACUUM ANALYZE market.refund;
