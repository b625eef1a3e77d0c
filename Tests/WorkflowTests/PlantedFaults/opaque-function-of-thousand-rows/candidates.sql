ALTER FUNCTION lab.accredited_sites(integer, integer) ROWS 4;
ALTER FUNCTION lab.accredited_sites(integer, integer) ROWS 10;
ALTER FUNCTION lab.accredited_sites(integer, integer) ROWS 100;
ANALYZE lab.measurement;
CREATE INDEX ON lab.site (site_id) WHERE accredited;
