-- Statistics target 5: five large tenants are known, all others count as average; the new tenant is tiny.
CREATE SCHEMA saas;
CREATE TABLE saas.document (
    document_id integer NOT NULL,
    tenant_id uuid NOT NULL,
    name text NOT NULL
);
INSERT INTO saas.document
SELECT i, md5('tenant ' || CASE WHEN i % 8000 = 77 THEN 99 WHEN i % 10 < 6 THEN i % 5 ELSE 10 + (hashint4(i) & 2147483647) % 18 END)::uuid, 'document ' || i
FROM generate_series(1, 240000) AS i;
CREATE TABLE saas.revision (
    document_id integer NOT NULL,
    revision_no integer NOT NULL,
    saved_at timestamptz NOT NULL,
    bytes integer NOT NULL
);
INSERT INTO saas.revision
SELECT 1 + (hashint4(i) & 2147483647) % 240000, i, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i), i % 90000
FROM generate_series(1, 700000) AS i;
ALTER TABLE saas.document ADD PRIMARY KEY (document_id);
CREATE INDEX document_tenant ON saas.document (tenant_id);
CREATE INDEX revision_document ON saas.revision (document_id);
ALTER TABLE saas.document ALTER COLUMN tenant_id SET STATISTICS 5;
VACUUM ANALYZE saas.document;
VACUUM ANALYZE saas.revision;
