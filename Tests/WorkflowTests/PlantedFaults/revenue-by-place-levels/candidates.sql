CREATE STATISTICS revenue_place (ndistinct) ON country, region, city, district FROM revenue; ANALYZE revenue;
ANALYZE revenue;
CREATE INDEX ON revenue (booked_on);
CREATE INDEX ON revenue (country, region, city, district);
CREATE INDEX ON revenue (country, region, city, district) INCLUDE (cents, booked_on); VACUUM revenue;
SET work_mem = '16MB';
SET work_mem = '64MB';
