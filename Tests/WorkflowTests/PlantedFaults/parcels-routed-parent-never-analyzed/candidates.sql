ANALYZE post.scan;
ANALYZE post.consignment;
ANALYZE post.consignment; ANALYZE post.scan;
ANALYZE post.scan_early; ANALYZE post.scan_late;
ANALYZE post.sender;
CREATE INDEX ON post.scan (consignment_id, place);
CREATE INDEX ON post.consignment (sender, consignment_id);
SET work_mem = '64MB';
