CREATE INDEX ON festival.ticket_sale (stage_id, sale_id);
SET work_mem = '256MB';
ANALYZE festival.ticket_sale;
