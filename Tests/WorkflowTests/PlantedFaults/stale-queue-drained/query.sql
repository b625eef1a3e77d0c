SELECT p.topic, p.partition_key, p.enqueued, h.waiting
FROM mq.outbox p
JOIN (SELECT o.partition_key, o.topic, count(*) AS waiting, min(o.enqueued) AS oldest
      FROM mq.outbox o WHERE o.state = 'pending' GROUP BY o.partition_key, o.topic) AS h
  ON h.partition_key = p.partition_key AND h.topic = p.topic AND h.oldest = p.enqueued
WHERE p.state = 'pending'
ORDER BY h.waiting DESC, p.enqueued
LIMIT 20;
