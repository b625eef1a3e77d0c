CREATE INDEX ON "Rent"."Contract" (COALESCE("EndsOn", DATE '9999-12-31')); ANALYZE "Rent"."Contract";
CREATE INDEX ON "Rent"."Contract" ("EndsOn", "StartsOn");
CREATE INDEX ON "Rent"."Contract" ("StartsOn", "EndsOn");
CREATE INDEX ON "Rent"."Contract" ("StartsOn") WHERE "EndsOn" IS NULL;
CREATE STATISTICS "Rent".ends ON COALESCE("EndsOn", DATE '9999-12-31') FROM "Rent"."Contract"; ANALYZE "Rent"."Contract";
SET work_mem = '64MB';
