CREATE INDEX ON audit.log_entry ((subject::uuid)); ANALYZE audit.log_entry;
CREATE INDEX ON audit.log_entry (subject, at);
CREATE INDEX ON audit.log_entry (subject, action, at);
CREATE INDEX ON audit.ticket (queue, ticket_id);
ANALYZE audit.log_entry;
SET work_mem = '64MB';
