-- Batches > 1 without weight: the regular expression on the joined text costs nearly everything.
CREATE TABLE manuscript (manuscript_id integer PRIMARY KEY, shelf integer NOT NULL, incipit text NOT NULL);
INSERT INTO manuscript SELECT i, i % 900, 'In the beginning of the year ' || 1000 + i % 500 || ' there was ' || repeat(chr(97 + i % 26), 20) || ' and the rest was silence ' || i FROM generate_series(1, 120000) AS i;
CREATE TABLE loan_slip (slip_id integer PRIMARY KEY, manuscript_id integer NOT NULL, reader text NOT NULL);
INSERT INTO loan_slip SELECT i, 1 + (hashint4(i) & 2147483647) % 120000, 'reader ' || i % 900 FROM generate_series(1, 60000) AS i;
VACUUM ANALYZE manuscript;
VACUUM ANALYZE loan_slip;
