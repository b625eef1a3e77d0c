-- Each select-list sub-query is served by an index, yet runs once per account and kind of aggregate.
CREATE SCHEMA crm;
CREATE TABLE crm.account (account_id integer PRIMARY KEY, owner text NOT NULL);
INSERT INTO crm.account SELECT i, 'owner ' || i % 70 FROM generate_series(1, 6000) AS i;
CREATE TABLE crm.activity (
    activity_id integer NOT NULL,
    account_id integer NOT NULL,
    kind text NOT NULL,
    minutes integer NOT NULL,
    done_on date NOT NULL
);
INSERT INTO crm.activity
SELECT i, 1 + (hashint4(i) & 2147483647) % 6500, (ARRAY['call','mail','visit'])[1 + i % 3], i % 120, date '2022-01-01' + i % 700
FROM generate_series(1, 200000) AS i;
ALTER TABLE crm.activity ADD PRIMARY KEY (activity_id);
CREATE INDEX activity_account ON crm.activity (account_id);
VACUUM ANALYZE crm.account;
VACUUM ANALYZE crm.activity;
