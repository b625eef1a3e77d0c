CREATE INDEX ON bank.posting (account_id) INCLUDE (amount); VACUUM bank.posting;
CREATE INDEX ON bank.posting (account_id, amount); VACUUM bank.posting;
CREATE INDEX ON bank.posting (account_id) INCLUDE (posting_id); VACUUM bank.posting;
CREATE INDEX ON bank.posting (amount, account_id); VACUUM bank.posting;
CLUSTER bank.posting USING posting_account; VACUUM bank.posting;
