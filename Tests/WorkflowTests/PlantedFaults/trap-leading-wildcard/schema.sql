-- A pattern with a leading wildcard: no b-tree serves it, on this column or any other.
CREATE TABLE books (
    book_id integer NOT NULL,
    title text NOT NULL,
    shelf integer NOT NULL
);
INSERT INTO books
SELECT i, 'Volume ' || i || ' of the collected letters to ' || md5(i::text), i % 900
FROM generate_series(1, 700000) AS i;
ALTER TABLE books ADD PRIMARY KEY (book_id);
VACUUM ANALYZE books;
