-- The reference inside the payload is extracted from each of 400000 bodies.
CREATE SCHEMA integration;
CREATE TABLE integration.webhook (
    webhook_id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    body jsonb NOT NULL
);
INSERT INTO integration.webhook
SELECT md5('hook' || i)::uuid, timestamptz '2024-02-01 00:00:00+00' + make_interval(secs => i * 7),
       jsonb_build_object('type', (ARRAY['paid','refunded','disputed'])[1 + i % 3], 'reference', 'ORD-' || (hashint4(i) & 2147483647) % 300000, 'cents', i % 90000)
FROM generate_series(1, 400000) AS i;
ALTER TABLE integration.webhook ADD PRIMARY KEY (webhook_id);
CREATE INDEX webhook_received ON integration.webhook (received_at);
VACUUM ANALYZE integration.webhook;
