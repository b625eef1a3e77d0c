-- The index on the account holds no amount; the account's postings are scattered over the whole heap.
CREATE SCHEMA bank;
CREATE TABLE bank.posting (
    posting_id bigint NOT NULL,
    account_id integer NOT NULL,
    amount numeric(12,2) NOT NULL,
    purpose text NOT NULL
);
INSERT INTO bank.posting
SELECT i, CASE WHEN i % 14 = 0 THEN 500 ELSE 1000 + (hashint4(i) & 2147483647) % 60000 END,
       ((hashint4(i + 1) & 2147483647) % 2000000) / 100.0 - 10000,
       'purpose of payment ' || repeat(md5(i::text), 5)
FROM generate_series(1, 600000) AS i;
ALTER TABLE bank.posting ADD PRIMARY KEY (posting_id);
CREATE INDEX posting_account ON bank.posting (account_id);
VACUUM ANALYZE bank.posting;
