-- The 5000 best matches of letters and readers, ranked by a computed score inside a CTE and summed up above it.
-- The bodies are wide: 5000 of them do not fit into 4 MB, so all 140000 matches are sorted on disk.
CREATE SCHEMA "Archive";
CREATE TABLE "Archive"."Letter" (
    "LetterNo" integer PRIMARY KEY,
    "Year" integer NOT NULL,
    "Weight" integer NOT NULL,
    "Body" text NOT NULL
);
INSERT INTO "Archive"."Letter"
SELECT i, 1800 + i % 90, 1 + (hashint4(i) & 2147483647) % 500,
       'Dear friend number ' || i || repeat(', and then we travelled on to the next town', 30)
FROM generate_series(1, 2500) AS i;
CREATE TABLE "Archive"."Match" (
    "LetterNo" integer NOT NULL,
    "Reader" uuid NOT NULL,
    "Score" integer NOT NULL
);
INSERT INTO "Archive"."Match"
SELECT 1 + (hashint4(i) & 2147483647) % 2500, md5('reader ' || i % 800)::uuid, (hashint4(i + 1) & 2147483647) % 10000
FROM generate_series(1, 140000) AS i;
VACUUM ANALYZE "Archive"."Letter";
VACUUM ANALYZE "Archive"."Match";
