-- 64kB of work_mem: the bitmap from the GIN index keeps pages only, and containment is checked again on all documents.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''64kB''', current_database()); END $$;
CREATE SCHEMA cms;
CREATE TABLE cms.document (document_id integer PRIMARY KEY, meta jsonb NOT NULL, bytes integer NOT NULL);
INSERT INTO cms.document
SELECT i, jsonb_build_object('lang', (ARRAY['de', 'en', 'fr', 'it', 'es', 'pl', 'nl', 'pt', 'sv', 'da', 'fi', 'cs'])[1 + (hashint4(i) & 2147483647) % 12], 'state', (ARRAY['draft', 'live'])[1 + i % 2],
       'tags', jsonb_build_array('a' || i % 3, 'b' || i % 5, 'c' || i % 7, 'd' || i % 11, 'e' || i % 13, 't' || (hashint4(i + 1) & 2147483647) % 40, 'g' || i % 17), 'author', jsonb_build_object('id', i % 500, 'team', 'team ' || i % 9), 'note', 'imported from the old system'), i % 100000
FROM generate_series(1, 160000) AS i;
CREATE INDEX document_meta ON cms.document USING gin (meta jsonb_path_ops);
VACUUM ANALYZE cms.document;
