CREATE INDEX ON "Ledger"."JournalEntry" ("Voucher");
CREATE INDEX ON "Ledger"."JournalEntry" ("Voucher", "Line");
CREATE INDEX ON "Ledger"."JournalEntry" ("Line", "Voucher");
CREATE INDEX ON "Ledger"."JournalEntry" ("Line");
CREATE INDEX ON "Ledger"."JournalEntry" ("Voucher", "Line", "FiscalYear");
