-- price_net is indexed; the condition multiplies it.
CREATE SCHEMA shop;
CREATE TABLE shop.offer (
    offer_id integer NOT NULL,
    sku varchar(24) NOT NULL,
    price_net numeric(10,2) NOT NULL,
    seller integer NOT NULL,
    title text NOT NULL
);
INSERT INTO shop.offer
SELECT i, 'SKU-' || lpad((hashint4(i) & 2147483647)::text, 11, '0'), 5 + ((hashint4(i + 8) & 2147483647) % 1000000) / 1000.0,
       (hashint4(i + 1) & 2147483647) % 3000, 'Offer of article ' || i || ', refurbished, with twelve months of guarantee'
FROM generate_series(1, 560000) AS i;
ALTER TABLE shop.offer ADD PRIMARY KEY (offer_id);
CREATE INDEX offer_price ON shop.offer (price_net);
VACUUM ANALYZE shop.offer;
