-- The referencing side of a two-column foreign key has no index.
CREATE TABLE post (board smallint NOT NULL, post_no integer NOT NULL, body text NOT NULL, PRIMARY KEY (board, post_no));
INSERT INTO post SELECT i % 5, i, 'post ' || i FROM generate_series(1, 20000) AS i;
CREATE TABLE attachment (
    attachment_id uuid NOT NULL,
    board smallint NOT NULL,
    post_no integer NOT NULL,
    bytes integer NOT NULL,
    mime text NOT NULL
);
INSERT INTO attachment
SELECT md5('a' || i)::uuid, (i % 19900) % 5, 1 + i % 19900 - 1 + CASE WHEN i % 19900 = 0 THEN 5 ELSE 0 END, i % 90000, 'image/png'
FROM generate_series(1, 150000) AS i;
ALTER TABLE attachment ADD PRIMARY KEY (attachment_id);
ALTER TABLE attachment ADD CONSTRAINT attachment_post_fkey FOREIGN KEY (board, post_no) REFERENCES post ON DELETE CASCADE;
VACUUM ANALYZE post;
VACUUM ANALYZE attachment;
