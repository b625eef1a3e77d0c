CREATE INDEX ON freight.consignment ((consignment_no::double precision)); ANALYZE freight.consignment;
CREATE INDEX ON freight.sheet_import ("Consignment");
