CREATE INDEX ON risk.applicant (postcode);
CREATE INDEX ON risk.applicant (applicant_id) INCLUDE (income, postcode, born); VACUUM risk.applicant;
ANALYZE risk.applicant;
VACUUM risk.applicant;
SET work_mem = '64MB';
