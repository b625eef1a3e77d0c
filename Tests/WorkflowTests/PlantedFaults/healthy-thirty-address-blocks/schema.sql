-- A small table scanned once per login costs nothing.
CREATE SCHEMA net;
CREATE TABLE net.block (
    first_address bigint NOT NULL,
    last_address bigint NOT NULL,
    country char(2) NOT NULL,
    provider text NOT NULL
);
INSERT INTO net.block SELECT i * 200000, i * 200000 + 199999, 'X' || i % 9, 'provider ' || i % 130 FROM generate_series(1, 30) AS i;
CREATE TABLE net.login (login_id integer PRIMARY KEY, person integer NOT NULL, address bigint NOT NULL, at timestamptz NOT NULL);
INSERT INTO net.login
SELECT i, i % 250, 1000 + (hashint4(i) & 2147483647) % 5999000, timestamptz '2024-02-01 00:00:00+00' + make_interval(secs => i * 90) FROM generate_series(1, 1100) AS i;
VACUUM ANALYZE net.block;
VACUUM ANALYZE net.login;
