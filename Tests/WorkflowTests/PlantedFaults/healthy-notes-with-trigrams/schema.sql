-- The trigram index is in place.
CREATE EXTENSION pg_trgm;
CREATE SCHEMA "Care";
CREATE TABLE "Care"."CaseNote" (
    "NoteId" integer NOT NULL,
    "Resident" integer NOT NULL,
    "WrittenOn" date NOT NULL,
    "Note" text NOT NULL
);
INSERT INTO "Care"."CaseNote"
SELECT i, (hashint4(i) & 2147483647) % 900, date '2021-01-01' + i / 90,
       'slept well, took part in ' || (ARRAY['singing','gymnastics','the garden','cooking'])[1 + i % 4] || '; '
       || CASE WHEN i % 2503 = 0 THEN 'complained of dizziness in the evening' ELSE 'nothing to report, entry ' || md5(i::text) END
FROM generate_series(1, 90000) AS i;
ALTER TABLE "Care"."CaseNote" ADD PRIMARY KEY ("NoteId");
CREATE INDEX "CaseNote_Note" ON "Care"."CaseNote" USING gin ("Note" gin_trgm_ops);
VACUUM ANALYZE "Care"."CaseNote";
