-- The newest errors of one tenant: equality on two columns and the order of the LIMIT.
-- Tenant 7 went quiet half way, so that an index on created_at alone walks over half of the table.
CREATE TYPE event_kind AS ENUM ('info', 'warning', 'error');
CREATE TABLE events (
    id integer NOT NULL,
    tenant_id integer NOT NULL,
    kind event_kind NOT NULL,
    created_at timestamptz NOT NULL,
    message text NOT NULL
);
INSERT INTO events
SELECT i,
       CASE WHEN i < 450000 AND i % 3 = 0 THEN 7 ELSE 10 + (hashint4(i) & 2147483647) % 40 END,
       (CASE WHEN i % 4 = 0 THEN 'error' WHEN i % 7 = 0 THEN 'warning' ELSE 'info' END)::event_kind,
       timestamptz '2023-01-01 00:00:00+00' + make_interval(secs => i * 20 + (hashint4(i + 3) & 2147483647) % 4000),
       'request ' || i || ' answered by worker ' || i % 17 || ' after a retry, see the trace of this worker for details'
FROM generate_series(1, 900000) AS i;
ALTER TABLE events ADD PRIMARY KEY (id);
VACUUM ANALYZE events;
