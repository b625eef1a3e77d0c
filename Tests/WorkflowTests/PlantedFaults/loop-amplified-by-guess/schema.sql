-- The outer side is misjudged 200-fold, the inner index reads 208 rows per loop and drops most of them.
CREATE SCHEMA game;
CREATE TABLE game.session (session_id integer PRIMARY KEY, started timestamp NOT NULL, nick text NOT NULL);
INSERT INTO game.session SELECT i, timestamp '2024-01-01' + make_interval(mins => i), 'Nick' || i % 3 FROM generate_series(1, 2400) AS i;
CREATE TABLE game.move (
    session_id integer NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    points integer NOT NULL
);
INSERT INTO game.move
SELECT 1 + (hashint4(i) & 2147483647) % 2400, i, (ARRAY['walk','jump','duck','turn','wait'])[1 + i % 5] || CASE WHEN i % 50 = 0 THEN '-bonus' ELSE '' END, i % 11
FROM generate_series(1, 500000) AS i;
CREATE INDEX move_session ON game.move (session_id);
VACUUM ANALYZE game.session;
VACUUM ANALYZE game.move;
