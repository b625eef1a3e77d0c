CREATE INDEX ON subscriber (surname COLLATE "de-x-icu");
CREATE INDEX ON subscriber (surname COLLATE "de-x-icu", subscriber_id);
CREATE INDEX ON subscriber (surname, subscriber_id);
ANALYZE subscriber;
SET work_mem = '64MB';
