DELETE FROM "Library"."Loan"
WHERE "Reader" = 815
  AND "BackOn" IS NOT NULL
RETURNING "LoanId", "Copy";
