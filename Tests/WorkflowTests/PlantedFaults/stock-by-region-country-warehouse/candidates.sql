ALTER TABLE scm.stock ADD FOREIGN KEY (region, country, warehouse) REFERENCES scm.warehouse;
CREATE STATISTICS scm.stock_place ON region, country, warehouse FROM scm.stock; ANALYZE scm.stock;
CREATE INDEX ON scm.stock (region, country, warehouse);
CREATE INDEX ON scm.stock (article_id);
CREATE INDEX ON scm.article (article_id) INCLUDE (weight_g); VACUUM scm.article;
ANALYZE scm.stock; ANALYZE scm.warehouse;
SET work_mem = '64MB';
SET enable_nestloop = off;
