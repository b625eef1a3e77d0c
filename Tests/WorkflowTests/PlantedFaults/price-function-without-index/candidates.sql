CREATE INDEX ON retail.price (article, valid_from);
CREATE INDEX ON retail.price (article);
CREATE INDEX ON retail.price (valid_from);
CREATE INDEX ON retail.sale (sold_on, article);
ANALYZE retail.price;
SET work_mem = '64MB';
