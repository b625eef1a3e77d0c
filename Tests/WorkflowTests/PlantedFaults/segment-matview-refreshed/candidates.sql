ANALYZE "Mkt"."Segment";
VACUUM ANALYZE "Mkt"."Segment";
ANALYZE "Mkt"."Click";
CREATE INDEX ON "Mkt"."Click" ("CustomerId", "Campaign");
CREATE INDEX ON "Mkt"."Segment" ("CustomerId");
CREATE INDEX ON "Mkt"."Segment" ("Postcode", "CustomerId");
SET work_mem = '64MB';
