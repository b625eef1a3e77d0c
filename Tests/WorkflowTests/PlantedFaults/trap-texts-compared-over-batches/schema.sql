-- The hash needs a few batches, but the time goes into comparing the texts of the joined rows.
CREATE SCHEMA corpus;
CREATE TABLE corpus.sentence (sentence_id integer NOT NULL, document integer NOT NULL, body text NOT NULL);
INSERT INTO corpus.sentence SELECT i, i / 40, 'Sentence ' || i || ' says that ' || md5(i::text) || ' and nothing else, although much more could be said about it by those who know' FROM generate_series(1, 160000) AS i;
CREATE TABLE corpus.translation (sentence_id integer NOT NULL, body text NOT NULL);
INSERT INTO corpus.translation SELECT i, 'Satz ' || i || ' sagt: ' || md5((i + i % 3)::text) || ', sonst nichts, obwohl sich noch manches sagen liesse von denen die es wissen' FROM generate_series(1, 160000) AS i;
VACUUM ANALYZE corpus.sentence;
VACUUM ANALYZE corpus.translation;
