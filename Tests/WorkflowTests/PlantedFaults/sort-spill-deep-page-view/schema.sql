-- Page 240 of a ranking over a view: 6000 wide rows must be kept, and 4 MB do not hold them.
CREATE SCHEMA league;
CREATE TABLE league.players (
    player_no integer PRIMARY KEY,
    name text NOT NULL,
    biography text NOT NULL,
    handicap integer NOT NULL
);
INSERT INTO league.players
SELECT i, 'player ' || i, 'Born as child number ' || i % 7 || repeat(', joined another club of the second division', 25), i % 37
FROM generate_series(1, 2000) AS i;
CREATE TABLE league.rounds (
    round_no integer NOT NULL,
    player_no integer NOT NULL,
    played_on date NOT NULL,
    strokes integer NOT NULL
);
INSERT INTO league.rounds
SELECT i, 1 + (hashint4(i) & 2147483647) % 2000, date '2023-01-01' + i % 300, 60 + (hashint4(i + 1) & 2147483647) % 5000
FROM generate_series(1, 200000) AS i;
CREATE VIEW league.ranking AS
    SELECT p.name, p.biography, r.played_on, r.strokes - p.handicap AS net
    FROM league.rounds r
    JOIN league.players p ON p.player_no = r.player_no;
VACUUM ANALYZE league.players;
VACUUM ANALYZE league.rounds;
