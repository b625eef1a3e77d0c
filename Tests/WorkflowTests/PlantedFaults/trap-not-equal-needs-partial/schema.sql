-- Nearly every row is settled and the query asks for what is not: a plain index on the state cannot serve <>.
CREATE SCHEMA billing;
CREATE TABLE billing.claims (
    claim_id integer NOT NULL,
    state text NOT NULL,
    filed_on date NOT NULL,
    amount numeric(10,2) NOT NULL,
    reason text NOT NULL
);
INSERT INTO billing.claims
SELECT i, CASE WHEN i % 4000 = 0 THEN 'disputed' WHEN i % 5000 = 0 THEN 'new' ELSE 'settled' END,
       date '2022-01-01' + (hashint4(i) & 2147483647) % 900, ((hashint4(i + 1) & 2147483647) % 100000) / 100.0,
       'reason given by the insured person, form ' || i % 70
FROM generate_series(1, 1000000) AS i;
ALTER TABLE billing.claims ADD PRIMARY KEY (claim_id);
VACUUM ANALYZE billing.claims;
