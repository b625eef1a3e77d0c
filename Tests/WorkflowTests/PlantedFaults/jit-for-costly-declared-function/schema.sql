-- The declared cost of the function pushes the plan over all JIT thresholds.
CREATE SCHEMA geo;
CREATE FUNCTION geo.cell(x integer, y integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE COST 5000 AS $$ BEGIN RETURN x / 50 * 100 + y / 50; END $$;
CREATE TABLE geo.stop_place (stop_id integer NOT NULL, x integer NOT NULL, y integer NOT NULL, riders integer NOT NULL, kind text NOT NULL);
INSERT INTO geo.stop_place SELECT i, (hashint4(i) & 2147483647) % 4000, (hashint4(i + 1) & 2147483647) % 4000, i % 900, (ARRAY['bus','tram','ferry'])[1 + i % 3] FROM generate_series(1, 50000) AS i;
VACUUM ANALYZE geo.stop_place;
