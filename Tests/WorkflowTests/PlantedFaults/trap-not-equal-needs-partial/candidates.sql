CREATE INDEX ON billing.claims (filed_on) WHERE state <> 'settled';
CREATE INDEX ON billing.claims (state) WHERE state <> 'settled';
CREATE INDEX ON billing.claims (claim_id) WHERE state <> 'settled';
