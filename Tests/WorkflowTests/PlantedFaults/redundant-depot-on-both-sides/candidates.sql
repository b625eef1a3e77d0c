CREATE INDEX ON "Haul"."Stop" ("TourId");
CREATE INDEX ON "Haul"."Stop" ("TourId") INCLUDE ("Minutes"); VACUUM "Haul"."Stop";
CREATE INDEX ON "Haul"."Tour" ("Depot", "Driver");
ANALYZE "Haul"."Stop";
