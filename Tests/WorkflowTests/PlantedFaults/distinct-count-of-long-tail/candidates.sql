ALTER TABLE parcel_scan ALTER COLUMN location_id SET (n_distinct = -0.1); ANALYZE parcel_scan;
ALTER TABLE parcel_scan ALTER COLUMN location_id SET (n_distinct = 100600); ANALYZE parcel_scan;
ALTER TABLE parcel_scan ALTER COLUMN location_id SET STATISTICS 1000; ANALYZE parcel_scan;
ALTER TABLE parcel_scan ALTER COLUMN location_id SET STATISTICS 10000; ANALYZE parcel_scan;
ANALYZE parcel_scan;
CREATE INDEX ON parcel_scan (location_id, scanned_at);
