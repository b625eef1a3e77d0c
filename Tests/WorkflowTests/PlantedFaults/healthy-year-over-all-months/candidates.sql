CREATE INDEX ON "Meter" ("Month");
CREATE INDEX ON "Meter" ("Tariff");
CREATE INDEX ON "Meter" ("Month", "Tariff");
ANALYZE "Meter";
SET work_mem = '64MB';
SET enable_partitionwise_aggregate = on;
VACUUM "Meter";
CREATE INDEX ON "Meter" ("Tariff", "Kwh"); VACUUM "Meter";
CREATE INDEX ON "Meter" ("Tariff") INCLUDE ("Kwh", "Month"); VACUUM "Meter";
