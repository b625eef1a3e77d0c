ANALYZE mq.outbox;
VACUUM ANALYZE mq.outbox;
CREATE INDEX ON mq.outbox (partition_key, topic);
CREATE INDEX ON mq.outbox (state, partition_key, topic, enqueued);
