CREATE INDEX ON bank.booking (account, booking_no, amount); VACUUM bank.booking;
CREATE INDEX ON bank.booking (booking_no);
ANALYZE bank.booking;
SET work_mem = '64MB';
