ALTER TABLE sale_event ALTER COLUMN dealer SET STATISTICS 200; ANALYZE sale_event;
ALTER TABLE sale_event ALTER COLUMN dealer SET STATISTICS 1000; ANALYZE sale_event;
ALTER TABLE sale_event ALTER COLUMN dealer SET STATISTICS 10000; ANALYZE sale_event;
ANALYZE sale_event;
CREATE INDEX ON sale_event (dealer) WHERE dealer = 'branch 5';
CREATE INDEX ON sale_event (dealer, engine);
