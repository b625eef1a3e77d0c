CREATE INDEX ON events (tenant_id, kind, created_at DESC);
CREATE INDEX ON events (kind, tenant_id, created_at);
CREATE INDEX ON events (tenant_id, created_at DESC);
CREATE INDEX ON events (created_at DESC, tenant_id, kind);
CREATE INDEX ON events (tenant_id, kind);
CREATE INDEX ON events (tenant_id);
CREATE INDEX ON events (kind);
CREATE INDEX ON events (created_at);
CREATE INDEX ON events (tenant_id, created_at DESC) WHERE kind = 'error';
