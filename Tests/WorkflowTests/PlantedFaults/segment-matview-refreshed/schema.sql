-- A materialized view refreshed by the nightly job: nothing ever analysed it.
CREATE SCHEMA "Mkt";
CREATE TABLE "Mkt"."Customer" ("CustomerId" integer PRIMARY KEY, "Postcode" text NOT NULL, "Born" date NOT NULL, "Points" integer NOT NULL);
INSERT INTO "Mkt"."Customer" SELECT i, lpad(((hashint4(i) & 2147483647) % 90000)::text, 5, '0'), date '1940-01-01' + i % 25000, i % 5000 FROM generate_series(1, 200000) AS i;
CREATE TABLE "Mkt"."Click" ("CustomerId" integer NOT NULL, "At" timestamp NOT NULL, "Campaign" integer NOT NULL);
INSERT INTO "Mkt"."Click" SELECT 1 + (hashint4(i) & 2147483647) % 200000, timestamp '2024-01-01' + make_interval(secs => i * 9), i % 300 FROM generate_series(1, 800000) AS i;
CREATE INDEX "Click_Customer" ON "Mkt"."Click" ("CustomerId");
VACUUM ANALYZE "Mkt"."Customer";
VACUUM ANALYZE "Mkt"."Click";
CREATE MATERIALIZED VIEW "Mkt"."Segment" WITH (autovacuum_enabled = false) AS
SELECT c."CustomerId", c."Postcode", c."Points" / 100 AS "Tier" FROM "Mkt"."Customer" c WITH NO DATA;
CREATE INDEX "Segment_Postcode" ON "Mkt"."Segment" ("Postcode");
REFRESH MATERIALIZED VIEW "Mkt"."Segment";
