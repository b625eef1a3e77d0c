CREATE INDEX ON "Haul"."Tour" ("Depot", "Driver");
ANALYZE "Haul"."Stop";
