CREATE INDEX ON saas.activity (tenant_id, happened_at);
