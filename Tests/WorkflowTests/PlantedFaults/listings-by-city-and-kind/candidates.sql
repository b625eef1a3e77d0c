CREATE INDEX ON classifieds.listing (city, kind);
CREATE INDEX ON classifieds.listing (kind, city);
CREATE INDEX ON classifieds.listing (city, kind) INCLUDE (price); VACUUM classifieds.listing;
CREATE INDEX ON classifieds.listing (city, price);
CREATE STATISTICS classifieds.city_kind ON city, kind FROM classifieds.listing; ANALYZE classifieds.listing;
ANALYZE classifieds.listing;
SET work_mem = '64MB';
