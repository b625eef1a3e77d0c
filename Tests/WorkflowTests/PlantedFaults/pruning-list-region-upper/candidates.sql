CREATE INDEX ON "Crm"."Visit" (upper("Region")); ANALYZE "Crm"."Visit";
CREATE INDEX ON "Crm"."Visit" ("Region");
CREATE INDEX ON "Crm"."Visit" ("Minutes");
