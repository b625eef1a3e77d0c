UPDATE "Ledger"."JournalEntry" SET "Cleared" = false
WHERE "Voucher" = 'V00171717' AND "Line" = 2;
