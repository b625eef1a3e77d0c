-- The index on the code is valid.
CREATE TABLE voucher (
    voucher_id integer NOT NULL,
    code text NOT NULL,
    campaign integer NOT NULL,
    redeemed_at timestamp,
    terms text NOT NULL
);
INSERT INTO voucher
SELECT i, upper(substr(md5(i::text), 1, 12)), i % 300, CASE WHEN i % 3 = 0 THEN timestamp '2024-01-01' + make_interval(secs => i) END,
       'redeemable once, not together with other offers, campaign ' || i % 300
FROM generate_series(1, 800000) AS i;
ALTER TABLE voucher ADD PRIMARY KEY (voucher_id);
CREATE INDEX voucher_code ON voucher (code);
VACUUM ANALYZE voucher;
