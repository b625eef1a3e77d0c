-- A correlated sub-query per product over a price history without an index on the product.
CREATE SCHEMA catalog;
CREATE TABLE catalog.products (
    product_no integer PRIMARY KEY,
    category text NOT NULL,
    title text NOT NULL
);
INSERT INTO catalog.products
SELECT i, 'category-' || i % 40, 'Product ' || i FROM generate_series(1, 1200) AS i;
CREATE TABLE catalog.price_history (
    product_no integer NOT NULL,
    valid_on date NOT NULL,
    price numeric(9,2) NOT NULL,
    currency char(3) NOT NULL
);
INSERT INTO catalog.price_history
SELECT 1 + (hashint4(i) & 2147483647) % 1200, date '2019-01-01' + i % 2000,
       ((hashint4(i + 1) & 2147483647) % 50000) / 100.0, CASE WHEN i % 5 = 0 THEN 'USD' ELSE 'EUR' END
FROM generate_series(1, 350000) AS i;
VACUUM ANALYZE catalog.products;
VACUUM ANALYZE catalog.price_history;
