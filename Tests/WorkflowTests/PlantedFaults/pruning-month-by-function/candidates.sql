CREATE INDEX ON billing.usage_record (used_at);
CREATE INDEX ON billing.usage_record (date_trunc('month', used_at)); ANALYZE billing.usage_record;
ANALYZE billing.usage_record;
