-- The trigger numbers versions by max(version) over an unindexed history.
CREATE SCHEMA wiki;
CREATE TABLE wiki.page (page_id integer PRIMARY KEY, title text NOT NULL, body text NOT NULL, locked boolean NOT NULL);
INSERT INTO wiki.page SELECT i, 'page ' || i, 'text ' || i, false FROM generate_series(1, 5000) AS i;
CREATE TABLE wiki.page_history (page_id integer NOT NULL, version integer NOT NULL, body text NOT NULL);
INSERT INTO wiki.page_history SELECT 1 + i % 5000, i / 5000, 'old text of version ' || i FROM generate_series(0, 199999) AS i;
CREATE FUNCTION wiki.keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO wiki.page_history
    SELECT OLD.page_id, COALESCE(max(h.version), 0) + 1, OLD.body FROM wiki.page_history h WHERE h.page_id = OLD.page_id;
    RETURN NEW;
END $$;
CREATE TRIGGER page_history AFTER UPDATE ON wiki.page FOR EACH ROW EXECUTE FUNCTION wiki.keep_history();
VACUUM ANALYZE wiki.page;
VACUUM ANALYZE wiki.page_history;
