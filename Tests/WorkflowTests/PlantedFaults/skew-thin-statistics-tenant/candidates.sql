ALTER TABLE saas.document ALTER COLUMN tenant_id SET STATISTICS 100; ANALYZE saas.document;
ALTER TABLE saas.document ALTER COLUMN tenant_id SET STATISTICS -1; ANALYZE saas.document;
ALTER TABLE saas.document ALTER COLUMN tenant_id SET STATISTICS 1000; ANALYZE saas.document;
ANALYZE saas.document;
CREATE INDEX ON saas.document (tenant_id, document_id);
CREATE INDEX ON saas.revision (document_id) INCLUDE (saved_at); VACUUM saas.revision;
