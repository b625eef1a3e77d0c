-- The decimal point was lost when random_page_cost = 4.00 was typed; small look-ups become full scans.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET random_page_cost = 400', current_database()); END $$;
CREATE SCHEMA "Library";
CREATE TABLE "Library"."Loan" ("LoanId" integer NOT NULL, "Reader" integer NOT NULL, "Copy" integer NOT NULL, "LentOn" date NOT NULL, "BackOn" date, "Note" text NOT NULL);
INSERT INTO "Library"."Loan"
SELECT i, (hashint4(i) & 2147483647) % 3500, (hashint4(i + 1) & 2147483647) % 90000, date '2018-01-01' + i / 400, CASE WHEN i % 60 <> 0 THEN date '2018-01-15' + i / 400 END, 'lent over the counter of the central library, copy in good state'
FROM generate_series(1, 800000) AS i;
ALTER TABLE "Library"."Loan" ADD PRIMARY KEY ("LoanId");
CREATE INDEX "Loan_Reader" ON "Library"."Loan" ("Reader");
VACUUM ANALYZE "Library"."Loan";
