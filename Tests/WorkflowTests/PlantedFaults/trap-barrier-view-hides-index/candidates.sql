CREATE INDEX ON hr.expense (amount, unit);
CREATE INDEX ON hr.expense (unit, amount);
CREATE INDEX ON hr.expense (unit);
CREATE INDEX ON hr.expense (amount) WHERE unit % 12 <> 11;
ANALYZE hr.expense;
VACUUM hr.expense;
SET work_mem = '64MB';
CREATE INDEX ON hr.expense (amount, unit) INCLUDE (expense_id, claimed_on); VACUUM hr.expense;
