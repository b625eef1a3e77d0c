-- CREATE INDEX ON ONLY the parent and attached to the old quarters; the newest were never done, so the parent's index is invalid.
CREATE SCHEMA crm;
CREATE TABLE crm.activity (activity_id bigint NOT NULL, on_day date NOT NULL, contact uuid NOT NULL, kind text NOT NULL) PARTITION BY RANGE (on_day);
CREATE TABLE crm.activity_q1 PARTITION OF crm.activity FOR VALUES FROM ('2024-01-01') TO ('2024-04-01');
CREATE TABLE crm.activity_q2 PARTITION OF crm.activity FOR VALUES FROM ('2024-04-01') TO ('2024-07-01');
CREATE TABLE crm.activity_q3 PARTITION OF crm.activity FOR VALUES FROM ('2024-07-01') TO ('2024-10-01');
CREATE TABLE crm.activity_q4 PARTITION OF crm.activity FOR VALUES FROM ('2024-10-01') TO ('2025-01-01');
INSERT INTO crm.activity
SELECT i, date '2024-01-01' + (sqrt(i::float8 / 600000) * 365)::integer, md5('c' || (hashint4(i) & 2147483647) % 30000)::uuid, (ARRAY['call', 'mail', 'visit'])[1 + i % 3]
FROM generate_series(1, 600000) AS i;
INSERT INTO crm.activity SELECT 600000 + i, date '2024-08-25' + i % 129, md5('c' || (hashint4(i + 5) & 2147483647) % 30000)::uuid, 'mail' FROM generate_series(1, 200000) AS i;
CREATE INDEX activity_contact ON ONLY crm.activity (contact);
CREATE INDEX activity_q1_contact ON crm.activity_q1 (contact);
CREATE INDEX activity_q2_contact ON crm.activity_q2 (contact);
ALTER INDEX crm.activity_contact ATTACH PARTITION crm.activity_q1_contact;
ALTER INDEX crm.activity_contact ATTACH PARTITION crm.activity_q2_contact;
VACUUM ANALYZE crm.activity;
