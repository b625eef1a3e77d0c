REINDEX INDEX voucher_code;
DROP INDEX voucher_code; CREATE INDEX voucher_code ON voucher (code);
ANALYZE voucher;
