-- Small tables for the plans of the sample; every column has a reason to be asked for.
CREATE TABLE author (id int PRIMARY KEY, name text NOT NULL, born date, country text);
INSERT INTO author SELECT i, 'author ' || i, date '1900-01-01' + i * 37, (ARRAY['is', 'fo', 'no'])[i % 3 + 1] FROM generate_series(1, 200) i;
CREATE TABLE book (
  id int PRIMARY KEY, author_id int NOT NULL REFERENCES author, title text NOT NULL, price numeric(8, 2), pages int, tags text[], extra jsonb);
INSERT INTO book
SELECT i, i % 200 + 1, 'title ' || i % 500, i % 97 + 0.5, i % 700, ARRAY['t' || i % 7, 't' || i % 11],
  jsonb_build_object('shelf', i % 13, 'note', jsonb_build_object('by', 'n' || i % 5))
FROM generate_series(1, 5000) i;
CREATE INDEX book_author_idx ON book (author_id);
CREATE INDEX book_pages_price_idx ON book (pages, price);
CREATE INDEX book_tags_idx ON book USING gin (tags);
CREATE INDEX book_extra_idx ON book USING gin (extra);
CREATE INDEX book_lower_title_idx ON book (lower(title));
CREATE INDEX book_id_brin ON book USING brin (id);
CREATE INDEX book_pages_hash ON book USING hash (pages);
CREATE TABLE place (id int, at point, span int4range);
INSERT INTO place SELECT i, point(i % 31, i % 37), int4range(i, i + 10) FROM generate_series(1, 1000) i;
CREATE INDEX place_at_idx ON place USING gist (at);
CREATE INDEX place_span_idx ON place USING spgist (span);
-- Partitions: by list, by range below it, by hash.
CREATE TABLE loan (id int, branch text, day date, book_id int, days int) PARTITION BY LIST (branch);
CREATE TABLE loan_north PARTITION OF loan FOR VALUES IN ('north') PARTITION BY RANGE (day);
CREATE TABLE loan_north_2023 PARTITION OF loan_north FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE loan_north_2024 PARTITION OF loan_north FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE loan_south PARTITION OF loan FOR VALUES IN ('south');
CREATE TABLE loan_rest PARTITION OF loan DEFAULT;
INSERT INTO loan
SELECT i, (ARRAY['north', 'south', 'east', 'west'])[i % 4 + 1], date '2023-01-01' + i % 730, i % 5000 + 1, i % 29 FROM generate_series(1, 4000) i;
CREATE INDEX ON loan (day);
CREATE TABLE member_2 (id int PRIMARY KEY, name text) PARTITION BY HASH (id);
CREATE TABLE member_2_a PARTITION OF member_2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE member_2_b PARTITION OF member_2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO member_2 SELECT i, 'm' || i FROM generate_series(1, 100) i;
CREATE TABLE member_3 (id int PRIMARY KEY, name text) PARTITION BY HASH (id);
CREATE TABLE member_3_a PARTITION OF member_3 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE member_3_b PARTITION OF member_3 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO member_3 SELECT i, 'm' || i FROM generate_series(1, 100) i;
-- Old-style inheritance.
CREATE TABLE animal (id int, name text);
CREATE TABLE bird (wings int) INHERITS (animal);
CREATE TABLE fish (fins int) INHERITS (animal);
INSERT INTO bird SELECT i, 'b' || i, 2 FROM generate_series(1, 10) i;
INSERT INTO fish SELECT i, 'f' || i, i FROM generate_series(1, 10) i;
-- A tree, and names that need care.
CREATE TABLE branch (id int PRIMARY KEY, above int, label text);
INSERT INTO branch SELECT i, i / 2, 'l' || i FROM generate_series(1, 100) i;
CREATE TABLE "Odd (cost=1..2) on ""x"" using" ("a -> b" int PRIMARY KEY, "select" text, "line
break" text);
CREATE INDEX "index  (actual rows" ON "Odd (cost=1..2) on ""x"" using" ("select");
INSERT INTO "Odd (cost=1..2) on ""x"" using" SELECT i, 's' || i, 'l' FROM generate_series(1, 50) i;
CREATE SCHEMA "Sub Plan 1";
CREATE TABLE "Sub Plan 1"."table" ("order" int, "user" text);
-- Triggers, rules, views, policies.
CREATE TABLE note (id int PRIMARY KEY, author_id int REFERENCES author, body text, seen int DEFAULT 0);
INSERT INTO note SELECT i, i, 'body ' || i FROM generate_series(1, 100) i;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER note_touch BEFORE INSERT OR UPDATE ON note FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER "note: after" AFTER UPDATE ON note FOR EACH STATEMENT EXECUTE FUNCTION touch();
CREATE TABLE note_log (id int, body text);
CREATE VIEW note_view AS SELECT id, body FROM note WHERE seen = 0;
CREATE VIEW guarded WITH (security_barrier) AS SELECT * FROM note WHERE seen >= 0;
CREATE TABLE ruled (id int, body text);
CREATE RULE ruled_copy AS ON INSERT TO ruled DO ALSO INSERT INTO note_log VALUES (NEW.id, NEW.body);
CREATE RULE ruled_delete AS ON DELETE TO ruled DO INSTEAD (DELETE FROM note_log WHERE id = OLD.id; UPDATE note SET seen = 1 WHERE id = OLD.id);
CREATE FUNCTION pairs(n int) RETURNS TABLE (a int, b text) LANGUAGE plpgsql ROWS 20 AS $$ BEGIN RETURN QUERY SELECT i, 'p' || i FROM generate_series(1, n) i; END $$;
CREATE MATERIALIZED VIEW shelf AS SELECT author_id, count(*) AS books FROM book GROUP BY author_id;
-- Foreign tables, on this very database.
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION file_fdw;
CREATE EXTENSION tsm_system_rows;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, port %L, dbname %L, async_capable ''true'')',
    split_part(current_setting('unix_socket_directories'), ',', 1), current_setting('port'), current_database());
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER here;
CREATE FOREIGN TABLE far_author (id int, name text, born date, country text) SERVER here OPTIONS (table_name 'author');
CREATE FOREIGN TABLE far_book (id int, author_id int, title text, price numeric) SERVER here OPTIONS (table_name 'book');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE numbers (n int) SERVER files OPTIONS (program 'seq 1 10');
CREATE TABLE spread (id int, body text) PARTITION BY LIST (id);
CREATE TABLE spread_1 PARTITION OF spread FOR VALUES IN (1);
CREATE TABLE far_base (id int, body text);
CREATE FOREIGN TABLE spread_2 PARTITION OF spread FOR VALUES IN (2) SERVER here OPTIONS (table_name 'far_base');
CREATE TABLE far_base_3 (id int, body text);
CREATE FOREIGN TABLE spread_3 PARTITION OF spread FOR VALUES IN (3) SERVER here OPTIONS (table_name 'far_base_3');
ANALYZE;
