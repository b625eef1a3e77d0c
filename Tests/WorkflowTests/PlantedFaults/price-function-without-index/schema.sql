-- The price is looked up in a plpgsql function, whose statement has no index to use; the plan shows a projection only.
CREATE SCHEMA retail;
CREATE TABLE retail.price (article text NOT NULL, valid_from date NOT NULL, net numeric(9,2) NOT NULL);
INSERT INTO retail.price SELECT 'A' || i % 4000, date '2020-01-01' + (i / 4000) * 100, 1 + ((hashint4(i) & 2147483647) % 9000) / 100.0 FROM generate_series(0, 59999) AS i;
CREATE TABLE retail.sale (sale_id integer PRIMARY KEY, article text NOT NULL, sold_on date NOT NULL, pieces integer NOT NULL);
INSERT INTO retail.sale SELECT i, 'A' || (hashint4(i) & 2147483647) % 4000, date '2023-01-01' + i / 100, 1 + i % 4 FROM generate_series(1, 40000) AS i;
CREATE INDEX sale_day ON retail.sale (sold_on);
CREATE FUNCTION retail.price_of(wanted text, day date) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT p.net FROM retail.price p WHERE p.article = wanted AND p.valid_from <= day ORDER BY p.valid_from DESC LIMIT 1);
END $$;
VACUUM ANALYZE retail.price;
VACUUM ANALYZE retail.sale;
