-- A range join has no hash; without an index on the blocks the inner side is a materialised scan per login.
CREATE SCHEMA net;
CREATE TABLE net.block (
    first_address bigint NOT NULL,
    last_address bigint NOT NULL,
    country char(2) NOT NULL,
    provider text NOT NULL
);
INSERT INTO net.block SELECT i * 1000, i * 1000 + 999, 'X' || i % 9, 'provider ' || i % 130 FROM generate_series(1, 6000) AS i;
CREATE TABLE net.login (login_id integer PRIMARY KEY, person integer NOT NULL, address bigint NOT NULL, at timestamptz NOT NULL);
INSERT INTO net.login
SELECT i, i % 250, 1000 + (hashint4(i) & 2147483647) % 5999000, timestamptz '2024-02-01 00:00:00+00' + make_interval(secs => i * 90) FROM generate_series(1, 1100) AS i;
VACUUM ANALYZE net.block;
VACUUM ANALYZE net.login;
