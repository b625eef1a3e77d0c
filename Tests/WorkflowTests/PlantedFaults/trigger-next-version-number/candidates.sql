CREATE INDEX ON wiki.page_history (page_id);
CREATE INDEX ON wiki.page_history (page_id, version);
CREATE INDEX ON wiki.page_history (page_id, version DESC);
CREATE INDEX ON wiki.page_history (version);
