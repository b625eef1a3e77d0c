ANALYZE pricing.quote;
VACUUM ANALYZE pricing.quote;
CREATE INDEX ON pricing.quote (article);
CREATE INDEX ON pricing.quote (quoted_on, article);
CREATE INDEX ON pricing.quote (article, quoted_on);
