-- A worker takes the next messages nobody has locked; sent messages are never cleared away.
CREATE SCHEMA integration;
CREATE TABLE integration.outbox (
    message_id bigint PRIMARY KEY,
    queued_at timestamptz NOT NULL,
    priority smallint NOT NULL,
    state varchar(12) NOT NULL,
    attempts smallint NOT NULL,
    payload jsonb NOT NULL
);
INSERT INTO integration.outbox
SELECT i, timestamptz '2024-02-01 00:00:00+00' + make_interval(secs => i), (hashint4(i) & 2147483647) % 4,
       CASE i % 4000 WHEN 7 THEN 'new' WHEN 1007 THEN 'retry' WHEN 2011 THEN 'deferred' ELSE 'sent' END,
       (hashint4(i + 1) & 2147483647) % 3, '{"event": "shipped", "carrier": "north", "version": 3, "tenant": "main"}'
FROM generate_series(1, 650000) AS i;
VACUUM ANALYZE integration.outbox;
