-- Two references make the planner keep the CTE apart; both of them want one pupil.
CREATE SCHEMA "School";
CREATE TABLE "School"."Mark" (
    "Pupil" integer NOT NULL,
    "Subject" text NOT NULL,
    "Given" date NOT NULL,
    "Value" numeric(3,1) NOT NULL
);
INSERT INTO "School"."Mark"
SELECT (hashint4(i) & 2147483647) % 9000, 'subject ' || i % 14, date '2023-08-01' + i % 300, 1 + (i % 50) / 10.0
FROM generate_series(1, 400000) AS i;
CREATE INDEX "Mark_Pupil" ON "School"."Mark" ("Pupil", "Subject");
VACUUM ANALYZE "School"."Mark";
