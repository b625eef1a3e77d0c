CREATE INDEX ON integration.outbox (state);
CREATE INDEX ON integration.outbox (state, attempts);
CREATE INDEX ON integration.outbox (priority DESC, queued_at) WHERE state IN ('new', 'retry', 'deferred');
CREATE INDEX ON integration.outbox (priority DESC, queued_at);
CREATE INDEX ON integration.outbox (attempts);
ANALYZE integration.outbox;
SET work_mem = '64MB';
