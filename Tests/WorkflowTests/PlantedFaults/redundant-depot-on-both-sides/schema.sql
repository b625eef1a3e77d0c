-- Both tables carry the depot, equal by construction; only the tour's is constrained.
CREATE SCHEMA "Haul";
CREATE TABLE "Haul"."Tour" ("TourId" integer PRIMARY KEY, "Depot" text NOT NULL, "Driver" integer NOT NULL);
INSERT INTO "Haul"."Tour" SELECT i, 'depot ' || i % 60, i % 700 FROM generate_series(1, 30000) AS i;
CREATE INDEX "Tour_Depot" ON "Haul"."Tour" ("Depot");
CREATE TABLE "Haul"."Stop" ("StopId" integer NOT NULL, "TourId" integer NOT NULL, "Depot" text NOT NULL, "Minutes" integer NOT NULL, "Note" text NOT NULL);
INSERT INTO "Haul"."Stop"
SELECT i, t, 'depot ' || t % 60, i % 45, 'ring twice at the back door' FROM (SELECT i, 1 + (i / 20) % 30000 AS t FROM generate_series(1, 600000) AS i) AS s;
ALTER TABLE "Haul"."Stop" ADD PRIMARY KEY ("StopId");
CREATE INDEX "Stop_Depot" ON "Haul"."Stop" ("Depot", "TourId");
VACUUM ANALYZE "Haul"."Tour";
VACUUM ANALYZE "Haul"."Stop";
