-- viewed_at is indexed; the day is asked for by wrapping the column.
CREATE TABLE page_view (
    view_id integer NOT NULL,
    viewed_at timestamp NOT NULL,
    path text NOT NULL,
    visitor integer NOT NULL
);
INSERT INTO page_view
SELECT i, timestamp '2022-06-01' + make_interval(secs => i * 60), '/articles/' || (hashint4(i) & 2147483647) % 5000 || '/comments', (hashint4(i + 1) & 2147483647) % 90000
FROM generate_series(1, 1000000) AS i;
ALTER TABLE page_view ADD PRIMARY KEY (view_id);
CREATE INDEX page_view_viewed_at_idx ON page_view (viewed_at);
VACUUM ANALYZE page_view;
