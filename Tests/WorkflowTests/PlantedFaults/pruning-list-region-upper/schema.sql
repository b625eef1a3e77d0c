-- Sixteen list partitions; the region is stored in lower case, yet the statement folds it again.
CREATE SCHEMA "Crm";
CREATE TABLE "Crm"."Visit" (
    "Region" text NOT NULL,
    "VisitNo" integer NOT NULL,
    "Minutes" smallint NOT NULL,
    "Report" text NOT NULL
) PARTITION BY LIST ("Region");
DO $$ BEGIN
    FOR r IN 0..15 LOOP
        EXECUTE format('CREATE TABLE "Crm"."Visit_%s" PARTITION OF "Crm"."Visit" FOR VALUES IN (%L)', r, 'region-' || r);
    END LOOP;
END $$;
INSERT INTO "Crm"."Visit"
SELECT 'region-' || i % 16, i, 5 + (hashint4(i) & 2147483647) % 115, 'visited customer ' || i || ' and talked about the spring order'
FROM generate_series(1, 700000) AS i;
VACUUM ANALYZE "Crm"."Visit";
