-- Two single-column indexes are ANDed for each pair; the pair together is a thirtieth of either.
CREATE SCHEMA classifieds;
CREATE TYPE classifieds.kind AS ENUM ('flat', 'house', 'office', 'garage', 'plot', 'room', 'loft', 'shop', 'barn', 'hall',
    'farm', 'villa', 'studio', 'cellar', 'attic', 'kiosk', 'mill', 'boat', 'field', 'wood');
CREATE TABLE classifieds.listing (
    listing_id bigint NOT NULL,
    city text NOT NULL,
    kind classifieds.kind NOT NULL,
    price numeric(12,2) NOT NULL
);
INSERT INTO classifieds.listing
SELECT i, 'City-' || (hashint4(i) & 2147483647) % 30, (enum_range(NULL::classifieds.kind))[1 + (hashint4(i + 1) & 2147483647) % 20],
       50000 + ((hashint4(i + 2) & 2147483647) % 90000000) / 100.0
FROM generate_series(1, 600000) AS i;
CREATE INDEX listing_city ON classifieds.listing (city);
CREATE INDEX listing_kind ON classifieds.listing (kind);
VACUUM ANALYZE classifieds.listing;
