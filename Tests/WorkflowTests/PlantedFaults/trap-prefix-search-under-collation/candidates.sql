CREATE INDEX ON parts.item (part_no text_pattern_ops);
CREATE INDEX ON parts.item (part_no COLLATE "C");
CREATE INDEX ON parts.item (part_no, item_id);
CREATE EXTENSION pg_trgm; CREATE INDEX ON parts.item USING gin (part_no gin_trgm_ops);
ANALYZE parts.item;
