CREATE FUNCTION i_plpgsql(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_plpgsql'; RETURN i; END $$;
CREATE FUNCTION s_plpgsql(i int) RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE LOG 'ran s_plpgsql'; RETURN i; END $$;
CREATE FUNCTION v_plpgsql(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'ran v_plpgsql'; RETURN i; END $$;
CREATE FUNCTION v_sql(i int) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(i)';
CREATE FUNCTION s_sql(i int) RETURNS int LANGUAGE sql STABLE AS 'SELECT s_plpgsql(i)';
CREATE FUNCTION i_sql(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i_plpgsql(i)';
CREATE FUNCTION v_new(i int) RETURNS int LANGUAGE sql RETURN v_plpgsql(i);
CREATE FUNCTION i_new(i int) RETURNS int LANGUAGE sql IMMUTABLE RETURN i_plpgsql(i);
CREATE FUNCTION i_internal(i int) RETURNS int LANGUAGE internal IMMUTABLE AS 'int4abs';
CREATE FUNCTION i_definer(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER AS $$ BEGIN RAISE LOG 'ran'; RETURN i; END $$;
CREATE FUNCTION pg_try_advisory(i int) RETURNS bool LANGUAGE sql AS 'SELECT pg_try_advisory_lock(i)';
CREATE FUNCTION writes_temp() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CREATE TEMP TABLE left_over (i int); RAISE LOG 'ran'; RETURN 1; END $$;
CREATE FUNCTION many(a int, b int DEFAULT 1, c int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(a)';
CREATE FUNCTION vari(VARIADIC a int[]) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(a[1])';
CREATE FUNCTION "Mixed.Name"(i int) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(i)';
CREATE FUNCTION long_name_long_name_long_name_long_name_long_name_long_name_long_name(i int) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(i)';
CREATE FUNCTION "été"(i int) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(i)';
CREATE FUNCTION abs(i int, j int) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(i)';
CREATE FUNCTION md5(t varchar) RETURNS text LANGUAGE sql AS 'SELECT v_plpgsql(1)::text';

CREATE TABLE t (id int PRIMARY KEY, a int, s text);
INSERT INTO t SELECT i, i % 10, 'x' || i FROM generate_series(1, 100) i;
CREATE TABLE people (name text);
CREATE TABLE named (any_row int);
CREATE FUNCTION any_row(r anyelement) RETURNS int LANGUAGE sql AS 'SELECT v_plpgsql(1)';

-- Domains, composites, casts
CREATE FUNCTION i_check(i int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_check'; RETURN true; END $$;
CREATE DOMAIN guarded_int AS int CHECK (i_check(VALUE));
CREATE DOMAIN positive AS int CHECK (VALUE > 0 AND VALUE::text ~ '^[0-9]+$');
CREATE FUNCTION i_people(p people) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_people'; RETURN true; END $$;
CREATE DOMAIN people_domain AS people;
CREATE DOMAIN people_domain_domain AS people_domain;
CREATE FUNCTION domain_of_domain(p people_domain_domain) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'ran domain_of_domain'; RETURN 1; END $$;
CREATE DOMAIN guarded_people AS people CHECK (i_people(VALUE));
CREATE TYPE pair AS (d guarded_int, x int);
CREATE TABLE pairs (p pair, a guarded_int[]);
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE moods (m mood);
CREATE FUNCTION mood_to_json(m mood) RETURNS json LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran mood'; RETURN '1'; END $$;
CREATE CAST (mood AS json) WITH FUNCTION mood_to_json(mood);
CREATE TYPE counted AS (n int);
CREATE FUNCTION to_counted(i int) RETURNS counted LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran to_counted'; RETURN ROW(i); END $$;
CREATE CAST (int AS counted) WITH FUNCTION to_counted(int) AS ASSIGNMENT;
CREATE TABLE assigned (id int, c counted);

-- Aggregates, ranges, operators
CREATE FUNCTION i_add(a int, b int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_add'; RETURN a + b; END $$;
CREATE AGGREGATE traced_sum(int) (SFUNC = i_add, STYPE = int, INITCOND = '0');
CREATE AGGREGATE traced_final(int) (SFUNC = int4pl, STYPE = int, FINALFUNC = i_plpgsql, INITCOND = '0');
CREATE FUNCTION i_text(s text) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_text'; RETURN true; END $$;
CREATE DOMAIN guarded_text AS text CHECK (i_text(VALUE));
CREATE AGGREGATE guarded_state(int) (SFUNC = trim_array, STYPE = guarded_text[], INITCOND = '{xx}', FINALFUNC = cardinality);
CREATE FUNCTION i_named("VAR" text) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_named'; RETURN true; END $$;
CREATE TABLE named_checked (k int, CONSTRAINT folded_name CHECK (i_named("VAR" => 'x') AND k > 0));
CREATE EXTENSION intarray;
CREATE AGGREGATE plain_sum(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE AGGREGATE lock_all(int) (SFUNC = int84pl, STYPE = bigint, FINALFUNC = pg_try_advisory_lock, INITCOND = '0');
CREATE FUNCTION i_difference(a int, b int) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_difference'; RETURN a - b; END $$;
CREATE TYPE span AS RANGE (subtype = int, subtype_diff = i_difference);
CREATE TYPE float_range AS RANGE (subtype = float8, subtype_diff = float8mi, multirange_type_name = float_multirange);
CREATE TABLE spans (s span);
INSERT INTO spans SELECT span(i, i + 5) FROM generate_series(1, 100) i;
CREATE TABLE float_spans (s float_range);
INSERT INTO float_spans SELECT float_range(i, i + 5) FROM generate_series(1, 100) i;
CREATE OPERATOR %%% (RIGHTARG = bigint, FUNCTION = pg_try_advisory_lock);
CREATE FUNCTION i_plus(a int, s text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran i_plus'; RETURN 1; END $$;
CREATE OPERATOR + (LEFTARG = int, RIGHTARG = text, FUNCTION = i_plus);

-- Views
CREATE VIEW calling AS SELECT id, i_plpgsql(a) AS b FROM t;
CREATE VIEW locking AS SELECT pg_advisory_lock(1) IS NULL AS x;
CREATE VIEW hashing AS SELECT md5(s) AS m FROM t;
CREATE VIEW exporting AS SELECT table_to_xml('t', true, true, '') AS x;
CREATE VIEW traced_view AS SELECT traced_sum(a) AS x FROM t;
CREATE VIEW sampled AS SELECT id FROM t TABLESAMPLE bernoulli (50);
CREATE VIEW casting AS SELECT a::guarded_int AS g FROM t;

-- Policies
CREATE ROLE reach_owner;
CREATE ROLE reach_reader LOGIN;
CREATE TABLE owned (id int);
INSERT INTO owned VALUES (1);
ALTER TABLE owned OWNER TO reach_owner;
ALTER TABLE owned ENABLE ROW LEVEL SECURITY;
ALTER TABLE owned FORCE ROW LEVEL SECURITY;
CREATE POLICY forced ON owned USING (i_plpgsql(id) = 1);
CREATE VIEW owned_view AS SELECT * FROM owned;
ALTER VIEW owned_view OWNER TO reach_owner;
CREATE TABLE parts (id int, k int) PARTITION BY RANGE (k);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
INSERT INTO parts SELECT i, i % 100 FROM generate_series(1, 100) i;
ALTER TABLE parts_1 ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_part ON parts_1 USING (i_plpgsql(id) > 0);
CREATE TABLE only_inserted (id int);
ALTER TABLE only_inserted ENABLE ROW LEVEL SECURITY;
CREATE POLICY inserting ON only_inserted FOR INSERT WITH CHECK (i_plpgsql(id) > 0);

-- Only planned
CREATE FUNCTION i_calls(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i_plpgsql(7) + i';
CREATE FUNCTION i_calls_new(i int) RETURNS int LANGUAGE sql IMMUTABLE RETURN i_plpgsql(8) + i;
CREATE FUNCTION i_harmless(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT abs(-7) * i';
CREATE TABLE index_called (k int);
CREATE TABLE index_folded (k int);
CREATE TABLE index_sql (k int);
CREATE TABLE index_new (k int);
CREATE TABLE index_harmless (k int);
CREATE TABLE index_partial (k int);
CREATE TABLE index_partial_folded (k int);
CREATE INDEX ON index_called ((i_plpgsql(k)));
CREATE INDEX index_folded_x ON index_folded ((i_plpgsql(5) + k));
CREATE INDEX index_sql_x ON index_sql ((i_calls(k)));
CREATE INDEX index_new_x ON index_new ((i_calls_new(k)));
CREATE INDEX ON index_harmless ((i_harmless(k)));
CREATE INDEX ON index_partial (k) WHERE i_check(k);
CREATE INDEX index_partial_folded_x ON index_partial_folded (k) WHERE i_plpgsql(5) = k;
CREATE TABLE statistics_called (k int, l int);
CREATE STATISTICS called ON (i_plpgsql(k)), l FROM statistics_called;
CREATE TABLE statistics_folded (k int, l int);
CREATE STATISTICS folded ON (i_plpgsql(3) + k), l FROM statistics_folded;
CREATE TABLE checked (k int CHECK (i_check(k)));
CREATE TABLE inherited (k int);
CREATE TABLE inheriting (CONSTRAINT folded CHECK (i_check(4) AND k > 0)) INHERITS (inherited);
CREATE TABLE keyed (k int) PARTITION BY RANGE (i_plpgsql(k));
CREATE TABLE keyed_1 PARTITION OF keyed FOR VALUES FROM (0) TO (10);
CREATE TABLE keyed_sql (k int) PARTITION BY LIST (i_calls(k));
CREATE TABLE keyed_sql_1 PARTITION OF keyed_sql FOR VALUES IN (8, 9);
CREATE TABLE defaulted (k int DEFAULT v_plpgsql(1), g int GENERATED ALWAYS AS (i_plpgsql(1)) STORED);
CREATE TABLE triggered (k int);
CREATE FUNCTION on_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'ran trigger'; RETURN new; END $$;
CREATE TRIGGER changed BEFORE INSERT OR UPDATE OR DELETE ON triggered FOR EACH ROW EXECUTE FUNCTION on_change();
CREATE TABLE ruled (k int);
CREATE RULE also AS ON UPDATE TO ruled DO ALSO SELECT v_plpgsql(1);

-- What pg_catalog hides from some calls only
CREATE FUNCTION lower(zz text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran lower'; RETURN zz; END $$;
CREATE FUNCTION power(a float8, b float8 DEFAULT 2) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran power'; RETURN a; END $$;
CREATE FUNCTION cardinality(VARIADIC a anyarray) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran cardinality'; RETURN 1; END $$;
CREATE FUNCTION date_part(a text, b date DEFAULT '2020-01-01') RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran date_part'; RETURN 1; END $$;
CREATE FUNCTION make_interval(
  years int DEFAULT 0, months int DEFAULT 0, weeks int DEFAULT 0, days int DEFAULT 0, hours int DEFAULT 0,
  mins int DEFAULT 0, sexs float8 DEFAULT 0
) RETURNS interval LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran make_interval'; RETURN '1 s'; END $$;
CREATE FUNCTION i_power(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT power(3)::int * i';
CREATE TABLE index_power (k int, l int);
CREATE INDEX index_power_x ON index_power ((i_power(l)));

-- Default arguments
CREATE FUNCTION i_left(a int, b int DEFAULT i_plpgsql(3)) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * $2';
CREATE FUNCTION i_quiet(a int, b int DEFAULT i_plpgsql(3)) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a; END $$;
CREATE TYPE pace AS ENUM ('a', 'b');
CREATE FUNCTION i_settled(a int, b int DEFAULT abs(-5), c text[] DEFAULT '{}', d pace DEFAULT 'a') RETURNS int
  LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a; END $$;
CREATE FUNCTION i_domain(a int, b guarded_int DEFAULT 5) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a; END $$;
CREATE FUNCTION i_adding(a int DEFAULT i_add(1, 2)) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a; END $$;
CREATE FUNCTION i_deep(a int DEFAULT i_adding()) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a; END $$;
CREATE FUNCTION t_left(r t, b int DEFAULT i_plpgsql(3)) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN 1; END $$;
CREATE VIEW left_view AS SELECT i_quiet(a) AS x FROM t;
CREATE DOMAIN left_domain AS int CHECK (i_quiet(VALUE) > 0);
CREATE TABLE index_left (k int, l int);
CREATE INDEX index_left_x ON index_left (l) WHERE i_left(k) > 3;
CREATE TABLE index_quiet (k int, l int);
CREATE INDEX index_quiet_x ON index_quiet ((i_quiet(k)));
CREATE TABLE index_settled (k int, l int);
CREATE INDEX ON index_settled ((i_settled(k)));
CREATE TABLE statistics_left (k int, l int);
CREATE STATISTICS left_out ON (i_left(k)), l FROM statistics_left;
CREATE TABLE inherited_left (k int);
CREATE TABLE inheriting_left (CONSTRAINT left_check CHECK (i_left(k) > 0)) INHERITS (inherited_left);
CREATE TABLE keyed_left (k int) PARTITION BY RANGE ((i_left(k)));
CREATE TABLE keyed_left_1 PARTITION OF keyed_left FOR VALUES FROM (0) TO (100);
CREATE FUNCTION v_folding(i int) RETURNS int LANGUAGE sql AS 'SELECT i_plpgsql(3)';
CREATE TABLE defaulted_sql (k int, l int DEFAULT v_folding(1));
CREATE FUNCTION v_left(i int, j int DEFAULT i_plpgsql(3)) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN i; END $$;
CREATE TABLE defaulted_left (k int, l int DEFAULT v_left(1));

-- What partitions are parts of
CREATE TABLE above (k int, l text) PARTITION BY RANGE ((k * i_plpgsql(1)));
CREATE TABLE above_1 PARTITION OF above FOR VALUES FROM (0) TO (100);
CREATE TABLE above_2 PARTITION OF above FOR VALUES FROM (100) TO (200) PARTITION BY LIST (l);
CREATE TABLE above_21 PARTITION OF above_2 FOR VALUES IN ('x');
CREATE TABLE above_left (k int, l text) PARTITION BY RANGE ((i_left(k)));
CREATE TABLE above_left_1 PARTITION OF above_left FOR VALUES FROM (0) TO (100) PARTITION BY LIST (l);
CREATE TABLE above_plain (k int, l text) PARTITION BY RANGE ((k * abs(-1)));
CREATE TABLE above_plain_1 PARTITION OF above_plain FOR VALUES FROM (0) TO (100) PARTITION BY LIST (lower(l));
CREATE TABLE above_plain_11 PARTITION OF above_plain_1 FOR VALUES IN ('x');
CREATE FUNCTION compare_addresses(a macaddr8, b macaddr8) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
  $$ BEGIN RAISE LOG 'ran compare_addresses'; RETURN macaddr8_cmp(a, b); END $$;
CREATE OPERATOR CLASS traced_addresses FOR TYPE macaddr8 USING btree AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 compare_addresses(macaddr8, macaddr8);
CREATE TABLE above_class (k macaddr, l text) PARTITION BY RANGE ((macaddr8(k)) traced_addresses);
CREATE TABLE above_class_1 PARTITION OF above_class FOR VALUES FROM ('00:00:00:00:00:00:00:00') TO ('80:00:00:00:00:00:00:00');
CREATE TABLE above_class_2 PARTITION OF above_class FOR VALUES FROM ('80:00:00:00:00:00:00:00') TO ('90:00:00:00:00:00:00:00');
CREATE TABLE index_class (k macaddr);
CREATE INDEX ON index_class ((macaddr8(k)) traced_addresses);

-- Views and policies that lock rows
CREATE VIEW locking_rows AS SELECT id, a FROM t FOR UPDATE;
CREATE VIEW locking_rows_within AS SELECT * FROM (SELECT id, a FROM t FOR KEY SHARE) AS x;
CREATE VIEW locking_rows_behind AS SELECT * FROM locking_rows;
CREATE VIEW locking_in_name AS SELECT 1 AS "ROWMARKCLAUSE", 2 AS "{ROWMARKCLAUSE ";
CREATE TABLE locking_policy (id int);
ALTER TABLE locking_policy ENABLE ROW LEVEL SECURITY;
CREATE POLICY sharing ON locking_policy USING (id IN (SELECT id FROM t FOR SHARE));

-- Foreign tables
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE program (l text) SERVER files OPTIONS (program 'echo ran >&2');
CREATE FOREIGN TABLE host_file (l text) SERVER files OPTIONS (filename 'PG_VERSION');
CREATE VIEW program_view AS SELECT * FROM program;
CREATE TABLE with_foreign_child (l text);
CREATE FOREIGN TABLE foreign_child () INHERITS (with_foreign_child) SERVER files OPTIONS (program 'echo ran >&2');
CREATE EXTENSION postgres_fdw;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
CREATE USER MAPPING FOR postgres SERVER elsewhere;
CREATE FOREIGN TABLE remote (m int) SERVER elsewhere;

-- Extensions
CREATE EXTENSION tablefunc;
CREATE EXTENSION citext;
CREATE EXTENSION tsm_system_rows;
CREATE AGGREGATE smuggled(int) (SFUNC = i_add, STYPE = int);
ALTER EXTENSION citext ADD AGGREGATE smuggled(int);

CREATE SCHEMA ext;
CREATE EXTENSION cube SCHEMA ext;
CREATE EXTENSION earthdistance SCHEMA ext;
CREATE SCHEMA astray;
CREATE FUNCTION astray.earth() RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran earth'; RETURN 6378168; END $$;
CREATE SCHEMA astray_cube;
CREATE FUNCTION astray_cube.cube(f float8) RETURNS ext.cube LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran cube'; RETURN ext.cube(ARRAY[f]); END $$;
SET search_path = public, ext;
CREATE TABLE places (latitude float8, longitude float8);
CREATE TABLE arcs (arc float8);
CREATE TABLE long_arcs (CONSTRAINT chord CHECK (gc_to_sec(arc) > 5)) INHERITS (arcs);
CREATE VIEW placed AS SELECT ll_to_earth(latitude, longitude) AS place FROM places;
RESET search_path;

-- A schema that a search path may name before pg_catalog
CREATE SCHEMA early;
CREATE FUNCTION early.upper(s text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'ran upper'; RETURN s; END $$;
CREATE FUNCTION early.early_only(i int) RETURNS int LANGUAGE sql AS 'SELECT public.v_plpgsql(i)';
CREATE FUNCTION early.version() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'ran version'; RETURN ''; END $$;
CREATE FUNCTION early.same(a text, b text) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'ran same'; RETURN true; END $$;
CREATE OPERATOR early.= (LEFTARG = text, RIGHTARG = text, FUNCTION = early.same);
CREATE FUNCTION early.step(n bigint) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'ran count'; RETURN n + 1; END $$;
CREATE AGGREGATE early.count(*) (SFUNC = early.step, STYPE = bigint, INITCOND = '0');

GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO reach_reader;
GRANT USAGE ON SCHEMA ext TO reach_reader;
ANALYZE;
