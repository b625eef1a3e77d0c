CREATE INDEX ON cms.article USING gin (labels); ANALYZE cms.article;
CREATE INDEX ON cms.article (published_at);
CREATE INDEX ON cms.article (published_at, labels);
