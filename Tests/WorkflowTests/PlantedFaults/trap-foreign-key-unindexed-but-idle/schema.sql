-- A join over an unindexed foreign key that needs all rows of both sides.
CREATE SCHEMA library;
CREATE TABLE library.title (title_id integer PRIMARY KEY, genre text NOT NULL, pages integer NOT NULL);
INSERT INTO library.title SELECT i, 'genre ' || i % 24, 50 + i % 800 FROM generate_series(1, 20000) AS i;
CREATE TABLE library.loan (loan_id integer NOT NULL, title_id integer NOT NULL REFERENCES library.title, days smallint NOT NULL);
INSERT INTO library.loan SELECT i, 1 + (hashint4(i) & 2147483647) % 20000, i % 30 FROM generate_series(1, 400000) AS i;
ALTER TABLE library.loan ADD PRIMARY KEY (loan_id);
VACUUM ANALYZE library.title;
VACUUM ANALYZE library.loan;
