CREATE INDEX ON registry.letter (filed_on, serial);
ANALYZE registry.letter;
SET work_mem = '64MB';
SET work_mem = '256MB';
SET random_page_cost = 1.1;
