-- 110000 allotments exceed the hash memory of 8 MB by a little.
CREATE SCHEMA "Hotel";
CREATE TYPE "Hotel"."Board" AS ENUM ('none', 'breakfast', 'half', 'full');
CREATE TABLE "Hotel"."Agency" ("AgencyId" integer PRIMARY KEY, "Name" text NOT NULL);
INSERT INTO "Hotel"."Agency" SELECT i, 'agency ' || i FROM generate_series(1, 11) AS i;
CREATE TABLE "Hotel"."Allotment" ("Hotel" integer NOT NULL, "Night" date NOT NULL, "Board" "Hotel"."Board" NOT NULL, "Rate" numeric(8,2) NOT NULL, "Terms" text NOT NULL);
INSERT INTO "Hotel"."Allotment"
SELECT i % 300, date '2024-01-01' + i / 300, (enum_range(NULL::"Hotel"."Board"))[1 + i % 4], 40 + (i % 900) / 10.0, 'terms of contract ' || i || repeat('*', 30)
FROM generate_series(0, 109799) AS i;
CREATE TABLE "Hotel"."Booking" ("BookingId" integer PRIMARY KEY, "AgencyId" integer NOT NULL, "Hotel" integer NOT NULL, "Night" date NOT NULL);
INSERT INTO "Hotel"."Booking"
SELECT i, 1 + i % 11, (hashint4(i) & 2147483647) % 300, date '2024-01-01' + (hashint4(i + 1) & 2147483647) % 366 FROM generate_series(1, 28000) AS i;
CREATE INDEX "Booking_Agency" ON "Hotel"."Booking" ("AgencyId");
VACUUM ANALYZE "Hotel"."Agency";
VACUUM ANALYZE "Hotel"."Allotment";
VACUUM ANALYZE "Hotel"."Booking";
