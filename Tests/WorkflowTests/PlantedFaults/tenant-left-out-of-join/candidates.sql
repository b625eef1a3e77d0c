CREATE INDEX ON saas.ticket (tenant_id, state);
