SET random_page_cost = 4;
SET random_page_cost = 1.1;
CREATE INDEX ON "Library"."Loan" ("Reader", "BackOn");
CREATE INDEX ON "Library"."Loan" ("Reader") WHERE "BackOn" IS NOT NULL;
ANALYZE "Library"."Loan";
SET work_mem = '64MB';
