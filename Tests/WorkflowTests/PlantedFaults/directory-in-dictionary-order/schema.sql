-- The index on the surname has the database's collation, the page is ordered by the language's: all entries are sorted by a slow comparison.
CREATE TABLE subscriber (
    subscriber_id integer PRIMARY KEY,
    surname text NOT NULL,
    given text NOT NULL,
    town text NOT NULL
);
INSERT INTO subscriber
SELECT i, (ARRAY['Ärmel', 'Abt', 'Öhler', 'Oswald', 'Zöllner', 'Zoll', 'Über', 'Ulm'])[1 + i % 8] || ' ' || md5((i / 3)::text), 'given ' || i % 5000, 'town ' || i % 300
FROM generate_series(1, 600000) AS i;
CREATE INDEX subscriber_surname ON subscriber (surname);
VACUUM ANALYZE subscriber;
