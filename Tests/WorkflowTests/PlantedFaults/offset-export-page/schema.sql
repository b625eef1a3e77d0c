-- The export pages by OFFSET; the last id of the page before is known to the client.
CREATE SCHEMA catalogue;
CREATE TABLE catalogue.product (
    product_id integer NOT NULL,
    ean varchar(13) NOT NULL,
    name text NOT NULL,
    properties jsonb NOT NULL
);
INSERT INTO catalogue.product
SELECT i * 3, lpad((hashint4(i) & 2147483647)::text, 13, '4'), 'Product ' || i || ' in the colour of the season',
       jsonb_build_object('weight', i % 900, 'colour', (ARRAY['red','blue','green'])[1 + i % 3], 'origin', md5((i % 700)::text))
FROM generate_series(1, 430000) AS i;
ALTER TABLE catalogue.product ADD PRIMARY KEY (product_id);
VACUUM ANALYZE catalogue.product;
