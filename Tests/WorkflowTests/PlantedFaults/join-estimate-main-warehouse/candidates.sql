ANALYZE wms.movement;
CREATE INDEX ON wms.movement (warehouse_id, article_id);
CREATE INDEX ON wms.article (article_id) INCLUDE (weight_g); VACUUM wms.article;
ALTER TABLE wms.movement ALTER COLUMN warehouse_id SET STATISTICS 1000; ANALYZE wms.movement;
