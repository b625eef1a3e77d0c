-- The unique key is (fiscal year, voucher, line); the ORM sends voucher and line only.
CREATE SCHEMA "Ledger";
CREATE TABLE "Ledger"."JournalEntry" (
    "Id" bigint NOT NULL,
    "FiscalYear" smallint NOT NULL,
    "Voucher" varchar(20) NOT NULL,
    "Line" smallint NOT NULL,
    "Debit" numeric(14,2) NOT NULL,
    "Text" text NOT NULL,
    "Cleared" boolean NOT NULL DEFAULT false
);
INSERT INTO "Ledger"."JournalEntry"
SELECT i, 2012 + i / 130000, 'V' || lpad((i / 3)::text, 8, '0'), i % 3,
       ((hashint4(i) & 2147483647) % 900000) / 100.0, 'booking of ' || i, true
FROM generate_series(1, 1150000) AS i;
ALTER TABLE "Ledger"."JournalEntry" ADD PRIMARY KEY ("Id");
ALTER TABLE "Ledger"."JournalEntry" ADD CONSTRAINT "JournalEntry_natural" UNIQUE ("FiscalYear", "Voucher", "Line");
VACUUM ANALYZE "Ledger"."JournalEntry";
