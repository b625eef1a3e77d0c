-- (tenant_id, happened_at, activity_id) serves the order; the OFFSET fetches and drops all earlier entries.
CREATE SCHEMA saas;
CREATE TABLE saas.activity (
    activity_id bigint NOT NULL,
    tenant_id uuid NOT NULL,
    happened_at timestamptz NOT NULL,
    actor text NOT NULL,
    verb text NOT NULL
);
INSERT INTO saas.activity
SELECT i, md5('tenant' || (hashint4(i) & 2147483647) % 4)::uuid, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 10),
       'actor ' || (hashint4(i + 1) & 2147483647) % 3000, (ARRAY['created','edited','shared','removed'])[1 + i % 4] || repeat(' of a document', 6)
FROM generate_series(1, 600000) AS i;
ALTER TABLE saas.activity ADD PRIMARY KEY (activity_id);
CREATE INDEX activity_feed ON saas.activity (tenant_id, happened_at DESC, activity_id DESC);
VACUUM ANALYZE saas.activity;
