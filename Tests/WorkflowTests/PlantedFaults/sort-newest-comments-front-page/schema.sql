-- ORDER BY + LIMIT over the whole table with no index on the order; every row is read for thirty.
CREATE SCHEMA blog;
CREATE TABLE blog.comment (
    comment_id uuid NOT NULL,
    written_at timestamptz NOT NULL,
    author text NOT NULL,
    body text NOT NULL
);
INSERT INTO blog.comment
SELECT md5('c' || i)::uuid, timestamptz '2022-01-01 00:00:00+00' + make_interval(secs => (hashint4(i) & 2147483647) % 60000000), 'reader ' || i % 9000, 'comment ' || i || repeat(' well said', 8)
FROM generate_series(1, 250000) AS i;
ALTER TABLE blog.comment ADD PRIMARY KEY (comment_id);
VACUUM ANALYZE blog.comment;
