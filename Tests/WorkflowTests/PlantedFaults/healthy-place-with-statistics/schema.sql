-- Dependencies of the place columns are known to the planner.
CREATE SCHEMA estate;
CREATE TABLE estate.listing (
    listing_id integer NOT NULL,
    country char(2) NOT NULL,
    region text NOT NULL,
    city text NOT NULL,
    postcode text NOT NULL,
    agent integer NOT NULL,
    price integer NOT NULL
);
INSERT INTO estate.listing
SELECT i, 'C' || (i % 100) / 10, 'region ' || (i % 100) / 4, 'city ' || i % 100, lpad(((i % 100) * 777)::text, 5, '0'),
       (hashint4(i) & 2147483647) % 1200, 40000 + (hashint4(i + 1) & 2147483647) % 900000
FROM generate_series(1, 300000) AS i;
ALTER TABLE estate.listing ADD PRIMARY KEY (listing_id);
CREATE INDEX listing_city ON estate.listing (city, postcode);
CREATE STATISTICS estate.listing_place (dependencies, mcv) ON country, region, city, postcode FROM estate.listing;
VACUUM ANALYZE estate.listing;
