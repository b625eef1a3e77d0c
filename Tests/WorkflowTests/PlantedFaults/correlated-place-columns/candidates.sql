CREATE STATISTICS estate.listing_place (dependencies) ON country, region, city, postcode FROM estate.listing; ANALYZE estate.listing;
CREATE STATISTICS estate.listing_place (mcv) ON country, region, city, postcode FROM estate.listing; ANALYZE estate.listing;
CREATE STATISTICS estate.listing_place ON country, region, city, postcode FROM estate.listing; ANALYZE estate.listing;
ANALYZE estate.listing;
CREATE INDEX ON estate.listing (country, region, city, postcode);
