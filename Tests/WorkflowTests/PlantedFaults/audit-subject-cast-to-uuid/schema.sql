-- The audit log keeps the subject as text, indexed; the join casts it to uuid, so it is parsed 500000 times.
CREATE SCHEMA audit;
CREATE TABLE audit.ticket (ticket_id uuid PRIMARY KEY, queue text NOT NULL, opened_at timestamptz NOT NULL);
INSERT INTO audit.ticket
SELECT md5('t' || i)::uuid, 'queue-' || i % 900, timestamptz '2024-01-01 00:00:00+00' + make_interval(mins => i)
FROM generate_series(1, 30000) AS i;
CREATE INDEX ticket_queue ON audit.ticket (queue);
CREATE TABLE audit.log_entry (entry_id bigint NOT NULL, subject varchar(40) NOT NULL, action text NOT NULL, at timestamptz NOT NULL);
INSERT INTO audit.log_entry
SELECT i, md5('t' || (1 + (hashint4(i) & 2147483647) % 30000))::uuid::text, 'action ' || i % 12, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i)
FROM generate_series(1, 400000) AS i;
CREATE INDEX log_entry_subject ON audit.log_entry (subject);
VACUUM ANALYZE audit.ticket;
VACUUM ANALYZE audit.log_entry;
