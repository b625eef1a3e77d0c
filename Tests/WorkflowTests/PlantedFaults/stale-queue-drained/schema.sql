-- An empty queue analysed, then a backlog of 1600 messages: the planner still sees the empty moment.
CREATE SCHEMA mq;
CREATE TABLE mq.outbox (
    message_id uuid NOT NULL,
    topic text NOT NULL,
    partition_key integer NOT NULL,
    state text NOT NULL,
    enqueued timestamptz NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO mq.outbox
SELECT md5('m' || i)::uuid, 'topic-' || i % 20, i % 4000, 'sent', timestamptz '2024-06-01 00:00:00+00' + make_interval(secs => i)
FROM generate_series(1, 150000) AS i;
CREATE INDEX outbox_state ON mq.outbox (state);
VACUUM ANALYZE mq.outbox;
INSERT INTO mq.outbox
SELECT md5('n' || i)::uuid, 'topic-' || i % 20, i % 900, 'pending', timestamptz '2024-06-03 00:00:00+00' + make_interval(secs => i)
FROM generate_series(1, 1600) AS i;
