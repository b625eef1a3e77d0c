-- Old-style inheritance, a year each; the export pages through all of it in key order by OFFSET.
CREATE SCHEMA registry;
CREATE TABLE registry.letter (filed_on date NOT NULL, serial integer NOT NULL, sender text NOT NULL, subject text NOT NULL);
DO $$ BEGIN
    FOR y IN 2020..2025 LOOP
        EXECUTE format('CREATE TABLE registry.letter_%s (CHECK (filed_on >= %L AND filed_on <= %L), PRIMARY KEY (filed_on, serial)) INHERITS (registry.letter)', y, make_date(y, 1, 1), make_date(y, 12, 31));
        EXECUTE format('INSERT INTO registry.letter_%s SELECT %L::date + i / 330, i %% 330, ''sender '' || i %% 7000, ''subject of the letter no. '' || i FROM generate_series(0, 119999) AS i', y, make_date(y, 1, 1));
    END LOOP;
END $$;
VACUUM ANALYZE registry.letter_2020;
VACUUM ANALYZE registry.letter_2021;
VACUUM ANALYZE registry.letter_2022;
VACUUM ANALYZE registry.letter_2023;
VACUUM ANALYZE registry.letter_2024;
VACUUM ANALYZE registry.letter_2025;
VACUUM ANALYZE registry.letter;
