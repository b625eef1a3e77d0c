-- join_collapse_limit = 1 was set for a report that took long to plan; others now join in the order they were written.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET join_collapse_limit = 1', current_database()); END $$;
CREATE SCHEMA fleet;
CREATE TABLE fleet.driver (driver_id integer PRIMARY KEY, licence text NOT NULL UNIQUE, depot integer NOT NULL);
INSERT INTO fleet.driver SELECT i, 'L-' || i * 17, i % 30 FROM generate_series(1, 5000) AS i;
CREATE TABLE fleet.tour (tour_id integer PRIMARY KEY, driver_id integer NOT NULL, vehicle integer NOT NULL, on_day date NOT NULL);
INSERT INTO fleet.tour SELECT i, 1 + (hashint4(i) & 2147483647) % 5000, i % 400, date '2024-01-01' + i / 700 FROM generate_series(1, 100000) AS i;
CREATE INDEX tour_driver ON fleet.tour (driver_id);
CREATE TABLE fleet.stop (tour_id integer NOT NULL, seq smallint NOT NULL, minutes smallint NOT NULL, place text NOT NULL, PRIMARY KEY (tour_id, seq));
INSERT INTO fleet.stop SELECT 1 + i / 6, i % 6, i % 50, 'place ' || i % 8000 FROM generate_series(0, 599999) AS i;
VACUUM ANALYZE fleet.driver;
VACUUM ANALYZE fleet.tour;
VACUUM ANALYZE fleet.stop;
