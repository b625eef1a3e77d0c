SET join_collapse_limit = 8;
SET join_collapse_limit = 3;
CREATE INDEX ON fleet.driver (licence, driver_id);
CREATE INDEX ON fleet.tour (driver_id, tour_id);
CREATE INDEX ON fleet.stop (tour_id);
ANALYZE;
SET work_mem = '64MB';
