CREATE INDEX ON loan.rate_change (loan_id, changed_on DESC, change_id DESC);
CREATE INDEX ON loan.rate_change (loan_id, changed_on DESC, change_id DESC) INCLUDE (rate); VACUUM loan.rate_change;
CREATE INDEX ON loan.rate_change (loan_id, changed_on, change_id);
CREATE INDEX ON loan.rate_change (loan_id);
SET work_mem = '64MB';
