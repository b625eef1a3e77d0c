CREATE INDEX ON crm.activity (account_id, kind);
CREATE INDEX ON crm.activity (account_id) WHERE kind <> 'mail';
CREATE INDEX ON crm.activity (account_id, done_on);
