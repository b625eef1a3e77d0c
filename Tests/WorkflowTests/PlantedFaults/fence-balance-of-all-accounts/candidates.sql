CREATE INDEX ON ledger.booking (account, booked_on);
CREATE INDEX ON ledger.booking (account) INCLUDE (debit, credit, booked_on); VACUUM ledger.booking;
SET work_mem = '64MB';
