-- A freshly loaded table that was never analyzed: the default guesses expect one valid answer, 9100 come.
CREATE SCHEMA survey;
CREATE TABLE survey.answers (
    answer_id integer NOT NULL,
    country char(2) NOT NULL,
    channel text NOT NULL,
    wave smallint NOT NULL,
    consent boolean NOT NULL,
    stratum integer NOT NULL,
    score numeric(4,1) NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO survey.answers
SELECT i, CASE WHEN i % 3 = 0 THEN 'DE' ELSE 'FR' END, CASE WHEN i % 2 = 0 THEN 'web' ELSE 'phone' END, 4,
       i % 11 <> 0, 1 + (hashint4(i) & 2147483647) % 1500, ((hashint4(i + 1) & 2147483647) % 100) / 10.0
FROM generate_series(1, 60000) AS i;
