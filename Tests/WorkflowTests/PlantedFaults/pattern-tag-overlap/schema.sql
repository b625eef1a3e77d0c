-- labels is an array with a b-tree index that cannot answer &&.
CREATE SCHEMA cms;
CREATE TABLE cms.article (
    article_id integer NOT NULL,
    labels text[] NOT NULL,
    published_at timestamptz,
    headline text NOT NULL
);
INSERT INTO cms.article
SELECT i, ARRAY['topic-' || (hashint4(i) & 2147483647) % 9000, 'desk-' || i % 30, 'author-' || (hashint4(i + 1) & 2147483647) % 1200, 'year-' || 2010 + i % 14],
       timestamptz '2010-01-01 00:00:00+00' + make_interval(mins => i * 12), 'Headline of article ' || i
FROM generate_series(1, 400000) AS i;
ALTER TABLE cms.article ADD PRIMARY KEY (article_id);
CREATE INDEX article_labels ON cms.article (labels);
VACUUM ANALYZE cms.article;
