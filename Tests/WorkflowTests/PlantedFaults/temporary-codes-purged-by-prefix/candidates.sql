CREATE INDEX ON vault.entry (code text_pattern_ops);
CREATE INDEX ON vault.entry (code COLLATE "C");
CREATE INDEX ON vault.entry (code);
CREATE INDEX ON vault.entry (stored_at);
ANALYZE vault.entry;
