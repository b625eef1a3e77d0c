-- Open-ended contracts have no end; the report wraps the column in COALESCE, so the index on the end is passed over.
CREATE SCHEMA "Rent";
CREATE TABLE "Rent"."Contract" (
    "ContractNo" integer NOT NULL,
    "StartsOn" date NOT NULL,
    "EndsOn" date,
    "Unit" text NOT NULL,
    "Monthly" numeric(9,2) NOT NULL
);
INSERT INTO "Rent"."Contract"
SELECT i, date '1990-01-01' + (i / 80), CASE WHEN i % 400 <> 3 THEN date '1990-01-01' + (i / 80) + 30 + (hashint4(i) & 2147483647) % 1500 END,
       'residential block number ' || i % 800 || ' behind the old harbour' || ', unit ' || i % 61, 300 + ((hashint4(i + 1) & 2147483647) % 90000) / 100.0
FROM generate_series(1, 800000) AS i;
ALTER TABLE "Rent"."Contract" ADD PRIMARY KEY ("ContractNo");
CREATE INDEX "Contract_EndsOn" ON "Rent"."Contract" ("EndsOn");
CREATE INDEX "Contract_StartsOn" ON "Rent"."Contract" ("StartsOn");
VACUUM ANALYZE "Rent"."Contract";
