CREATE STATISTICS subscription_s ON status_id, plan FROM subscription; ANALYZE subscription;
ANALYZE subscription;
CREATE INDEX ON subscription (status_id, renewed_on);
CREATE INDEX ON subscription (status_id) WHERE status_id = 9;
ALTER TABLE subscription ALTER COLUMN status_id SET STATISTICS 1000; ANALYZE subscription;
