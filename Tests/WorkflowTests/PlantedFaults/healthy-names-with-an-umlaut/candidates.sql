CREATE EXTENSION pg_trgm; CREATE INDEX ON "Person" USING gin ("Surname" gin_trgm_ops);
CREATE EXTENSION pg_trgm; CREATE INDEX ON "Person" USING gin ("Given" gin_trgm_ops);
CREATE INDEX ON "Person" ("Surname");
ANALYZE "Person";
SET work_mem = '64MB';
