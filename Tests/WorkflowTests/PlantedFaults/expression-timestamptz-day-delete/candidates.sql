CREATE INDEX ON ops.audit_trail (entry_id, occurred_at);
CREATE INDEX ON ops.audit_trail USING brin (occurred_at);
