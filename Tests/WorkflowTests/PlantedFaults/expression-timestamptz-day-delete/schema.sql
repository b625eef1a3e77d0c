-- occurred_at (timestamptz) is indexed; the cast to date is not immutable, so only a half-open range helps.
CREATE SCHEMA ops;
CREATE TABLE ops.audit_trail (
    entry_id bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    actor text NOT NULL,
    detail jsonb NOT NULL
);
INSERT INTO ops.audit_trail
SELECT i, timestamptz '2022-11-01 00:00:00+00' + make_interval(secs => i * 75), 'user' || (hashint4(i) & 2147483647) % 800,
       jsonb_build_object('action', (ARRAY['login','edit','export','logout'])[1 + i % 4], 'object', i % 1000)
FROM generate_series(1, 500000) AS i;
ALTER TABLE ops.audit_trail ADD PRIMARY KEY (entry_id);
CREATE INDEX audit_trail_occurred ON ops.audit_trail (occurred_at);
VACUUM ANALYZE ops.audit_trail;
