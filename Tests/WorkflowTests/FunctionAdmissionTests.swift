import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// No function outside the allow-list is even planned: the server's log has no EXPLAIN, and no trace of it.
@Suite(.serialized) struct FunctionAdmissionTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  /// Every function here leaves `ran` in the server's log.
  private static let script = """
    CREATE FUNCTION trace(what text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN RAISE LOG 'ran %', what; RETURN 1; END $$;
    CREATE FUNCTION volatile_code(i int) RETURNS int LANGUAGE plpgsql VOLATILE AS
      $$ BEGIN RAISE LOG 'ran'; RETURN i; END $$;
    CREATE FUNCTION immutable_code(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN RAISE LOG 'ran'; RETURN i; END $$;
    CREATE FUNCTION stable_sql(i int) RETURNS int LANGUAGE sql STABLE AS 'SELECT trace(''sql'') + i';
    CREATE FUNCTION rows_of(i int) RETURNS SETOF int LANGUAGE sql IMMUTABLE AS 'SELECT trace(''rows'')';
    CREATE FUNCTION lower(i int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT trace(''lower'')::text';
    CREATE FUNCTION add_up(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT trace(''sum'') + a + b';
    CREATE AGGREGATE total(int) (SFUNC = add_up, STYPE = int);

    CREATE TABLE t (id int PRIMARY KEY, a int, s text, imm int);
    INSERT INTO t SELECT i, i % 10, 'x' || i, i FROM generate_series(1, 100) i;
    CREATE VIEW calling AS SELECT id, immutable_code(a) AS b FROM t;
    CREATE VIEW calling_behind AS SELECT * FROM calling;
    CREATE MATERIALIZED VIEW frozen AS SELECT a FROM t WITH NO DATA;
    REFRESH MATERIALIZED VIEW frozen;
    CREATE VIEW on_frozen AS SELECT * FROM frozen;
    CREATE MATERIALIZED VIEW called_once AS SELECT volatile_code(a) AS a FROM t;

    CREATE FUNCTION alike(i int, s text) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN RAISE LOG 'ran'; RETURN true; END $$;
    CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = alike);

    CREATE FUNCTION is_fine(i int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN RAISE LOG 'ran'; RETURN true; END $$;
    CREATE DOMAIN fine_number AS int CHECK (is_fine(VALUE));
    CREATE TYPE fine_pair AS (x fine_number, y int);
    CREATE TABLE fine (n fine_number);
    CREATE TABLE coded (k int);
    CREATE INDEX coded_by_code ON coded ((immutable_code(k)));
    CREATE TYPE ranked AS (n int);
    CREATE FUNCTION compare_ranked(ranked, ranked) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.n - $2.n';
    CREATE OPERATOR CLASS ranked_ops DEFAULT FOR TYPE ranked USING btree AS FUNCTION 1 compare_ranked(ranked, ranked);
    CREATE TABLE ranks (r ranked);
    CREATE TYPE money_bag AS (coins int);
    CREATE FUNCTION count_coins(b money_bag) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN RAISE LOG 'ran'; RETURN 7; END $$;
    CREATE CAST (money_bag AS int) WITH FUNCTION count_coins(money_bag);
    CREATE TABLE people (name text);
    CREATE FUNCTION greeting(p people) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN RAISE LOG 'ran'; RETURN p.name; END $$;
    CREATE FUNCTION of_anything(a anyelement) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN RAISE LOG 'ran'; RETURN 1; END $$;
    CREATE FUNCTION of_a_record(r record, more int DEFAULT 1) RETURNS int LANGUAGE plpgsql AS
      $$ BEGIN RAISE LOG 'ran'; RETURN 1; END $$;
    CREATE FUNCTION s(a anyelement) RETURNS int LANGUAGE plpgsql AS
      $$ BEGIN RAISE LOG 'ran'; RETURN 1; END $$;

    CREATE TABLE guarded (id int, owner text);
    ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON guarded USING (immutable_code(id) > 0);
    CREATE VIEW policy_reads AS SELECT immutable_code(1) AS one;
    CREATE TABLE guarded_by_view (id int);
    ALTER TABLE guarded_by_view ENABLE ROW LEVEL SECURITY;
    CREATE POLICY seen ON guarded_by_view USING (id IN (SELECT one FROM policy_reads));
    CREATE ROLE admitted_reader LOGIN;
    GRANT SELECT ON guarded, guarded_by_view, policy_reads TO admitted_reader;

    CREATE SCHEMA hidden;
    CREATE FUNCTION hidden.secret(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT trace(''secret'')';
    CREATE SEQUENCE numbers;
    """

  struct Rejected: CustomTestStringConvertible, Sendable {
    var sql: String
    /// The beginning of the rejection.
    var reason: String
    var role = "postgres"
    var searchPath: String?

    init(_ sql: String, _ reason: String, role: String = "postgres", searchPath: String? = nil) {
      (self.sql, self.reason, self.role, self.searchPath) = (sql, reason, role, searchPath)
    }

    var testDescription: String { sql }
  }

  static let rejected = [
    // Wherever an expression may stand.
    Rejected("SELECT volatile_code(1)", "function public.volatile_code is rejected: it is VOLATILE"),
    Rejected(
      "SELECT immutable_code(1)", "function public.immutable_code is rejected: it is user-defined code"),
    Rejected("SELECT stable_sql(1)", "function public.stable_sql is rejected: it is user-defined code"),
    Rejected("SELECT id FROM t WHERE immutable_code(1) = a", "function public.immutable_code"),
    Rejected("SELECT * FROM rows_of(1)", "function public.rows_of"),
    Rejected("SELECT * FROM ROWS FROM (rows_of(1), generate_series(1, 2))", "function public.rows_of"),
    Rejected("SELECT * FROM t, LATERAL rows_of(t.a)", "function public.rows_of"),
    Rejected("SELECT id FROM t ORDER BY volatile_code(id)", "function public.volatile_code"),
    Rejected("SELECT count(*) FROM t GROUP BY immutable_code(a)", "function public.immutable_code"),
    Rejected("SELECT a FROM t GROUP BY a HAVING immutable_code(a) > 1", "function public.immutable_code"),
    Rejected("SELECT id FROM t LIMIT volatile_code(1)", "function public.volatile_code"),
    Rejected("SELECT sum(a) OVER (ORDER BY volatile_code(a)) FROM t", "function public.volatile_code"),
    Rejected("SELECT count(*) FILTER (WHERE immutable_code(a) > 1) FROM t", "function public.immutable_code"),
    Rejected("SELECT CASE WHEN volatile_code(1) = 1 THEN 1 END", "function public.volatile_code"),
    Rejected("SELECT ARRAY(SELECT volatile_code(a) FROM t)", "function public.volatile_code"),
    Rejected("WITH c AS (SELECT volatile_code(1)) SELECT * FROM c", "function public.volatile_code"),
    Rejected("SELECT 1 UNION SELECT volatile_code(1)", "function public.volatile_code"),
    Rejected("VALUES (volatile_code(1))", "function public.volatile_code"),
    Rejected("SELECT upper(trace('x')::text)", "function public.trace"),
    Rejected("SELECT total(a) FROM t", "aggregate public.total → function public.add_up is rejected"),
    Rejected("SELECT hidden.secret(1)", "function hidden.secret"),
    Rejected("SELECT secret(1)", "function hidden.secret", searchPath: "public, hidden"),
    Rejected("SELECT greeting(p) FROM people p", "function public.greeting"),
    Rejected("SELECT p.greeting FROM people p", "function public.greeting"),
    Rejected("SELECT (p).greeting FROM people p", "function public.greeting"),
    Rejected("SELECT t.of_anything FROM t", "function public.of_anything"),
    Rejected("SELECT x.of_anything FROM (SELECT 1) x", "function public.of_anything"),
    Rejected("SELECT x.of_a_record FROM (SELECT 1) x", "function public.of_a_record"),
    Rejected("SELECT people.s FROM people", "function public.s"),
    // What text alone cannot tell apart must pass as a whole.
    Rejected("SELECT lower(a) FROM t", "function public.lower"),
    Rejected("SELECT lower(s) FROM t", "function public.lower"),
    // Behind names that are no functions.
    Rejected("SELECT * FROM calling", "view public.calling → function public.immutable_code"),
    Rejected("SELECT id FROM calling_behind", "view public.calling → function public.immutable_code"),
    Rejected("SELECT id FROM t WHERE a === 'x'", "operator === → function public.alike"),
    Rejected("SELECT id FROM t WHERE a OPERATOR(public.===) 'x'", "operator === → function public.alike"),
    Rejected("SELECT 5::fine_number", "domain public.fine_number → function public.is_fine"),
    Rejected("SELECT id::fine_number FROM t", "domain public.fine_number → function public.is_fine"),
    Rejected("SELECT CAST(ROW(1, 2) AS fine_pair)", "domain public.fine_number → function public.is_fine"),
    Rejected("SELECT '{5}'::fine_number[]", "domain public.fine_number → function public.is_fine"),
    Rejected("SELECT * FROM json_to_record('{}') AS r(n fine_number)", "domain public.fine_number"),
    Rejected("SELECT json_populate_record(f, '{}') FROM fine f", "domain public.fine_number"),
    Rejected(
      "SELECT ROW(1)::money_bag::int",
      "cast from public.money_bag to integer, which exists in this database and may be used → function"),
    Rejected(
      "SELECT * FROM guarded", "policy own on public.guarded → function public.immutable_code",
      role: "admitted_reader"),
    Rejected(
      "SELECT * FROM guarded_by_view", "view public.policy_reads → function public.immutable_code",
      role: "admitted_reader"),
    // Behind no name at all: what planning folds, and what sorting and grouping compare by.
    Rejected(
      "SELECT DISTINCT r FROM ranks", "operator class of public.ranked → function public.compare_ranked"),
    // In what stands for an UPDATE or DELETE, and in what is only compared.
    Rejected("UPDATE t SET a = volatile_code(1)", "function public.volatile_code"),
    Rejected("DELETE FROM t WHERE immutable_code(1) = id", "function public.immutable_code"),
    Rejected("UPDATE t SET a = 1 RETURNING immutable_code(1)", "function public.immutable_code"),
    // What a read-only transaction does not stop.
    Rejected("SELECT nextval('numbers')", "function pg_catalog.nextval is rejected: it is VOLATILE"),
    Rejected("SELECT pg_catalog.nextval('numbers')", "function pg_catalog.nextval"),
    Rejected("SELECT setval('numbers', 1)", "function pg_catalog.setval"),
    Rejected("SELECT pg_notify('c', 'x')", "function pg_catalog.pg_notify"),
    Rejected("SELECT pg_advisory_lock(1)", "function pg_catalog.pg_advisory_lock"),
    Rejected(
      "SELECT pg_try_advisory_xact_lock_shared(1)", "function pg_catalog.pg_try_advisory_xact_lock_shared"),
    Rejected("SELECT lo_import('/etc/passwd')", "function pg_catalog.lo_import"),
    Rejected("SELECT lo_creat(-1)", "function pg_catalog.lo_creat"),
    Rejected("SELECT pg_read_file('PG_VERSION')", "function pg_catalog.pg_read_file"),
    Rejected("SELECT pg_ls_dir('.')", "function pg_catalog.pg_ls_dir"),
    Rejected("SELECT set_config('work_mem', '1GB', false)", "function pg_catalog.set_config"),
    Rejected("SELECT pg_terminate_backend(1)", "function pg_catalog.pg_terminate_backend"),
    Rejected("SELECT pg_reload_conf()", "function pg_catalog.pg_reload_conf"),
    Rejected("SELECT pg_stat_reset()", "function pg_catalog.pg_stat_reset"),
    Rejected("SELECT pg_export_snapshot()", "function pg_catalog.pg_export_snapshot"),
    Rejected("SELECT setseed(0.5)", "function pg_catalog.setseed"),
    Rejected(
      "SELECT query_to_xml('SELECT 1', true, true, '')",
      "function pg_catalog.query_to_xml is rejected: it runs a query"),
    Rejected("SELECT table_to_xml('t', true, true, '')", "function pg_catalog.table_to_xml"),
    Rejected("SELECT txid_current()", "function pg_catalog.txid_current"),
    Rejected("SELECT pg_current_xact_id()", "function pg_catalog.pg_current_xact_id"),
  ]

  static let admitted = [
    "SELECT 'volatile_code(1)' AS s", "SELECT 1 AS volatile_code, 2 AS \"nextval(1)\"",
    "SELECT t.imm, u.s FROM t, public.t u LIMIT 1",
    "SELECT volatile_code FROM (SELECT a AS volatile_code FROM t) s",
    "WITH pg_notify(nextval) AS (SELECT 1) SELECT nextval FROM pg_notify",
    "SELECT count(*), sum(a), avg(a), max(s), string_agg(s, ','), array_agg(a) FROM t",
    "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), mode() WITHIN GROUP (ORDER BY a) FROM t",
    "SELECT row_number() OVER w, lag(a) OVER w, ntile(4) OVER w FROM t WINDOW w AS (ORDER BY id)",
    "SELECT a::text, s::varchar(5), CAST('1' AS int), '2026-01-01'::date, 1.5::float8::numeric FROM t",
    "SELECT * FROM generate_series(1, 3) g, unnest(ARRAY[1, 2]) u",
    "SELECT * FROM jsonb_each('{\"a\": 1}'), jsonb_array_elements('[1]'), json_to_record('{}') AS r(n int)",
    "SELECT '{\"a\": 1}'::jsonb -> 'a', jsonb_build_object('a', 1), to_jsonb(t) FROM t LIMIT 1",
    "SELECT now(), current_date, clock_timestamp(), timeofday(), random(), gen_random_uuid(), pg_sleep(0)",
    "SELECT coalesce(a, 1), greatest(1, 2), nullif(a, 1), extract(year FROM now()), substring('abc' FROM 2) FROM t",
    "SELECT id FROM t WHERE a BETWEEN 1 AND 3 AND s LIKE 'x%' AND s IN ('x1') AND s ~ 'x' AND a IS DISTINCT FROM 4",
    "SELECT id FROM t JOIN t u USING (id) WHERE u.a = ANY (SELECT a FROM t)",
    "SELECT id FROM t TABLESAMPLE SYSTEM (50)", "SELECT id FROM t TABLESAMPLE BERNOULLI (50) REPEATABLE (1)",
    "SELECT * FROM frozen", "SELECT * FROM on_frozen", "SELECT * FROM called_once",
    "SELECT * FROM information_schema.columns WHERE table_name = 't'",
    "SELECT * FROM pg_stats WHERE tablename = 't'",
    "SELECT k FROM coded WHERE k = 1", "SELECT pid, query FROM pg_stat_activity", "SELECT id FROM guarded",
    "UPDATE t SET a = a + 1 WHERE id = 1", "SELECT upper(s) FROM t",
  ]

  @Test(arguments: rejected) func rejectsBeforeAnyExplain(_ rejected: Rejected) async throws {
    let logged = try await LoggedSession(Self.made.value, role: rejected.role)
    let settings = rejected.searchPath.map { [TransactionSettings.Setting("search_path", $0)] } ?? []
    let caught = await #expect(throws: CaptureError.self) {
      _ = try await logged.session.capture(rejected.sql, settings: settings)
    }
    guard case .functionRejected(let rejection) = caught else {
      Issue.record("\(String(describing: caught))")
      return
    }
    #expect(rejection.description.hasPrefix(rejected.reason), "\(rejection)")
    let entries = try await logged.entries()
    #expect(!entries.isEmpty)
    #expect(!entries.contains { $0.text.contains("EXPLAIN") || $0.text.hasPrefix("ran") })
  }

  @Test(arguments: admitted) func admitsWhatIsHarmless(_ sql: String) async throws {
    let logged = try await LoggedSession(Self.made.value)
    let capture = try await logged.session.capture(sql)
    #expect(capture.plan.plan.executionTime != nil)
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  @Test(arguments: [
    ("SELECT immutable_code(1)", "immutable_code"), ("SELECT immutable_code(1)", "public.immutable_code"),
    ("SELECT * FROM calling_behind", "public.immutable_code"), ("SELECT 5::fine_number", "is_fine"),
    ("SELECT id FROM t WHERE a === 'x'", "alike"), ("SELECT ROW(1)::money_bag::int", "count_coins"),
    ("SELECT greeting(p) FROM people p", "greeting"),
  ])
  func letsTheUserVouchForAFunction(_ sql: String, _ name: String) async throws {
    let logged = try await LoggedSession(Self.made.value)
    let capture = try await logged.session.capture(sql, allowing: [name])
    #expect(capture.plan.plan.executionTime != nil)
  }

  @Test func takesAVouchForNothingElse() async throws {
    let logged = try await LoggedSession(Self.made.value)
    await #expect(throws: CaptureError.self) {
      _ = try await logged.session.capture(
        "SELECT immutable_code(1), volatile_code(1)", allowing: ["immutable_code", "hidden.volatile_code"])
    }
  }

  /// And what is known of its functions in SQL: of one that somebody has added to it nothing is.
  @Test func trustsWhatAnExtensionHasInC() async throws {
    let database = try await LoggedServer.makeDatabase(
      script: """
        CREATE EXTENSION citext;
        CREATE FUNCTION added(t citext) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT t::text';
        ALTER EXTENSION citext ADD FUNCTION added(citext);
        """)
    let session = try await LoggedSession(database).session
    _ = try await session.capture("SELECT 'A'::citext = 'a'::citext, citext_cmp('a', 'b')")
    _ = try await session.capture("SELECT split_part('a b'::citext, ' '::citext, 1)")
    let caught = await #expect(throws: CaptureError.self) {
      _ = try await session.capture("SELECT added('a'::citext)")
    }
    guard case .functionRejected(let rejection) = caught else {
      Issue.record("\(String(describing: caught))")
      return
    }
    #expect(rejection.function.label == "public.added")
  }

  /// A schema of the search path cannot put its own functions into the catalog queries.
  @Test func isNotMisledByWhatTheSearchPathHolds() async throws {
    let database = try await LoggedServer.makeDatabase(
      script: """
        CREATE FUNCTION quote_ident(n name) RETURNS text LANGUAGE plpgsql AS
          $$ BEGIN RAISE LOG 'ran'; RETURN n; END $$;
        CREATE FUNCTION array_to_json(a text[]) RETURNS json LANGUAGE plpgsql AS
          $$ BEGIN RAISE LOG 'ran'; RETURN '[]'; END $$;
        CREATE FUNCTION oid_is(o oid, r regclass) RETURNS bool LANGUAGE plpgsql AS
          $$ BEGIN RAISE LOG 'ran'; RETURN true; END $$;
        CREATE OPERATOR = (LEFTARG = oid, RIGHTARG = regclass, FUNCTION = oid_is);
        CREATE TABLE secrets (s text);
        INSERT INTO secrets VALUES ('a'), ('b');
        ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
        CREATE POLICY shown ON secrets USING (s <> 'c');
        ANALYZE;
        CREATE ROLE misled LOGIN;
        GRANT SELECT, UPDATE ON secrets TO misled;
        """)
    for role in ["postgres", "misled"] {
      let logged = try await LoggedSession(database, role: role)
      _ = try await logged.session.analyze("UPDATE secrets SET s = 'b' WHERE s LIKE 'a%'")
      #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
    }
  }
}
