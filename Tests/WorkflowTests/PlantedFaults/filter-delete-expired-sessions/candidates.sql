CREATE INDEX ON sessions (last_seen);
CREATE INDEX ON sessions (pinned, last_seen);
CREATE INDEX ON sessions (last_seen, pinned);
CREATE INDEX ON sessions (last_seen) WHERE NOT pinned;
CREATE INDEX ON sessions (pinned);
