import Postgres
import Statements
import Testing

@testable import ThrowawayServer
@testable import Workflow

/// What planning runs of definitions that no statement names: constants that it makes of them, and operators
/// that it tries on the values in statistics. Every function of the schema leaves `ran` in the server's log.
@Suite(.serialized) struct PlannedCodeTests {
  /// Arguments of a call in a definition that planning can make a constant of.
  static let folded = [
    "1", "CASE WHEN true THEN 1 ELSE k END", "CASE 1 WHEN 1 THEN 2 ELSE k END", "coalesce(1, k)",
    "coalesce(k + NULL, 1)", "(k > 0 AND false)::int", "(k > 0 OR true)::int", "(NOT (k > 0 AND false))::int",
    "((k > 0 AND false) IS TRUE)::int", "(ROW(1, k)::pair).x", "(ROW(1, k) IS NULL)::int",
    "abs(coalesce(1, k))", "coalesce(NULL, 1, k)", "nullif(k, NULL)", "nullif(1, 1)",
    "CASE WHEN k > 0 THEN 1 WHEN true THEN 2 ELSE k END - CASE WHEN true THEN 1 ELSE k END",
    "length(quote_literal(coalesce(1, k)))", "in_sql(k)",
  ]
  /// Arguments that stay what they are until rows come.
  static let kept = [
    "k", "k + 1", "abs(k)", "k::text::int", "length(l || 'x')", "ascii(l)",
    "coalesce(k, 0)", "length(coalesce(l, ''))", "nullif(k, 0)", "CASE WHEN l IS NULL THEN 0 ELSE k END",
    "(k IS NULL)::int", "(k > 0 AND l = 'x')::int", "greatest(k, 1)", "(NOT (k > 0))::int",
  ]

  private static func table(_ name: String, _ definition: String) -> String {
    "CREATE TABLE \(name) (k int, l text); INSERT INTO \(name) SELECT i % 20, i FROM generate_series(1, 5000) i; "
      + definition + "; ANALYZE \(name);\n"
  }

  private static func indexes(_ name: String, _ arguments: [String]) -> String {
    arguments.enumerated().map { table("\(name)\($0)", "CREATE INDEX ON \(name)\($0) (f(\($1)))") }.joined()
  }

  /// Operators in predicates of indexes: the planner asks how many rows fulfil them.
  static let estimated = [
    "k <<< 3", "NOT k <<< 3", "k <<< ANY (ARRAY[1, 2])", "k <<>> 3", "3 <<>> k", "k >>> 3",
  ]

  private static let schema = """
    CREATE FUNCTION f(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran f'; RETURN i; END $$;
    CREATE FUNCTION in_sql(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE FUNCTION lt(int, int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran lt'; RETURN $1 < $2; END $$;
    CREATE FUNCTION lt_text(text, text) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran lt'; RETURN $1 < $2; END $$;
    CREATE TYPE pair AS (x int, y int);
    CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = int, RIGHTARG = int, RESTRICT = matchingsel);
    CREATE OPERATOR >>> (FUNCTION = lt, LEFTARG = int, RIGHTARG = int, RESTRICT = scalarltsel);
    CREATE OPERATOR === (FUNCTION = lt, LEFTARG = int, RIGHTARG = int, NEGATOR = <<>>);
    CREATE OPERATOR <<>> (FUNCTION = int4ne, LEFTARG = int, RIGHTARG = int, NEGATOR = ===, COMMUTATOR = <<>>, RESTRICT = neqsel);
    \(indexes("folds", folded))\(indexes("keeps", kept))
    \(estimated.enumerated().map { table("estimates\($0)", "CREATE INDEX ON estimates\($0) (l) WHERE \($1) OR k < 10") }.joined())
    \(table("predicate_kept", "CREATE INDEX ON predicate_kept (l) WHERE f(k) = 3 OR k < 10"))
    \(table("predicate_folds", "CREATE INDEX ON predicate_folds (l) WHERE f(coalesce(1, k)) = 1 OR k < 10"))
    \(table("statistics_folds", "CREATE STATISTICS s ON (f(coalesce(1, k))), l FROM statistics_folds"))
    CREATE TABLE keyed_folds (k int, l text) PARTITION BY RANGE ((f(coalesce(1, k)) + k));
    CREATE TABLE keyed_folds_1 PARTITION OF keyed_folds FOR VALUES FROM (0) TO (100);
    CREATE TABLE checked_parent (k int, l text);
    CREATE TABLE checked_child (CHECK (f(coalesce(1, k)) + k > 0)) INHERITS (checked_parent);

    CREATE DOMAIN made AS int DEFAULT f(5);
    CREATE DOMAIN made_again AS made;
    CREATE DOMAIN plain AS int DEFAULT 5;
    CREATE TABLE of_domains (a made, b made_again, c plain, d int);
    CREATE VIEW of_domains_seen AS SELECT * FROM of_domains;

    CREATE TYPE mood AS ENUM ('low', 'high');
    CREATE FUNCTION mood_json(mood) RETURNS json LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran mood'; RETURN '1'; END $$;
    CREATE CAST (mood AS json) WITH FUNCTION mood_json(mood);
    CREATE FUNCTION mood_text(mood) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran mood'; RETURN 'x'; END $$;
    CREATE CAST (mood AS text) WITH FUNCTION mood_text(mood);
    CREATE TABLE moods (m mood);
    INSERT INTO moods SELECT 'low' FROM generate_series(1, 100);
    ANALYZE moods;
    CREATE VIEW statistics_seen AS SELECT to_json(most_common_vals) FROM pg_stats;

    CREATE TABLE t (k int, l text);
    CREATE FUNCTION several(VARIADIC t[]) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran several'; RETURN 1; END $$;
    CREATE FUNCTION worded(text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran worded'; RETURN 1; END $$;
    CREATE FUNCTION several_words(VARIADIC text[]) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran words'; RETURN 1; END $$;
    CREATE FUNCTION timed(timestamp) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran timed'; RETURN 1; END $$;
    CREATE CAST (t AS text) WITH INOUT AS IMPLICIT;

    CREATE DOMAIN "\u{E9}" AS text;
    CREATE DOMAIN "e\u{301}" AS text CHECK (length(VALUE) > f(0));
    CREATE FUNCTION "n\u{E9}"(int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT 1$$;
    CREATE FUNCTION "ne\u{301}"(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran twin'; RETURN 1; END $$;
    """

  private static let made = Task { try await LoggedServer.makeDatabase(script: schema) }

  @Test func runsNothingWithTheTablesOfAStatement() async throws {
    let logged = try await LoggedSession(Self.made.value)
    for name in Self.folded.indices.map({ "folds\($0)" }) + ["predicate_folds"] {
      await Self.check("SELECT * FROM \(name) WHERE k < 10 AND l = '5'", "index ", on: logged.session)
    }
    await Self.check("UPDATE folds3 SET l = 'x' WHERE k < 10", "index ", on: logged.session)
    for name in Self.estimated.indices.map({ "estimates\($0)" }) {
      await Self.check("SELECT * FROM \(name) WHERE k < 10 AND l = '5'", "operator ", on: logged.session)
    }
    for name in Self.kept.indices.map({ "keeps\($0)" }) + ["predicate_kept"] {
      await Self.check("SELECT * FROM \(name) WHERE k < 10 AND l = '5'", nil, on: logged.session)
    }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  static let statements: [(String, String?)] = [
    ("SELECT * FROM statistics_folds WHERE k = 5", "statistics s"),
    ("SELECT * FROM keyed_folds WHERE k = 5", "partition key of public.keyed_folds"),
    ("SELECT * FROM keyed_folds_1 WHERE k = 5", "partition key of public.keyed_folds"),
    ("SELECT * FROM checked_parent WHERE k = 5", "constraint "),
    ("SELECT * FROM t WHERE k = 5", nil),
    // Values of any type in the catalog's statistics.
    ("SELECT to_json(most_common_vals) FROM pg_stats", "cast from public.mood to json"),
    ("SELECT row_to_json(s) FROM pg_stats s", "cast from public.mood to json"),
    ("SELECT jsonb_agg(a) FROM pg_attribute a", "cast from public.mood to json"),
    ("SELECT array_to_json(stavalues1) FROM pg_statistic", "cast from public.mood to json"),
    ("SELECT * FROM statistics_seen", "cast from public.mood to json"),
    ("SELECT to_json(stxdexpr) FROM pg_statistic_ext_data", "cast from public.mood to json"),
    ("SELECT to_json((stxdexpr[1]).stavalues1) FROM pg_statistic_ext_data", "cast from public.mood to json"),
    ("SELECT s.to_json FROM pg_statistic s", "cast from public.mood to json"),
    ("SELECT to_json(relname) FROM pg_class LIMIT 1", nil), ("SELECT * FROM pg_stats", nil),
    ("SELECT attname, m::text FROM pg_attribute, moods", "cast from public.mood to text"),
    ("SELECT count(*) FROM moods WHERE m = 'low'", nil),
    // A row as a function's argument.
    ("SELECT t.several FROM t", "function public.several"),
    ("SELECT t.worded FROM t", "function public.worded"),
    ("SELECT t.several_words FROM t", "function public.several_words"),
    ("UPDATE t SET k = t.worded", "function public.worded"),
    ("DELETE FROM t WHERE t.several = 1", "function public.several"),
    ("SELECT q.timed FROM (SELECT now() AS timed) q", nil),
    // Names that differ in bytes alone.
    ("SELECT n\u{E9}(1), ne\u{301}(1)", "two names that look like"),
    ("SELECT '1'::\u{E9}, '2'::e\u{301}", "two names that look like"),
    ("WITH \u{E9} AS (SELECT 1) SELECT * FROM \u{E9}, e\u{301}", "two names that look like"),
    ("SELECT 'n\u{E9}' AS n\u{E9}, 'ne\u{301}'", nil), ("SELECT k AS \u{C9}, l AS \u{E9} FROM t", nil),
  ]

  @Test func runsNothingThatNobodyNamed() async throws {
    let logged = try await LoggedSession(Self.made.value)
    for (sql, reason) in Self.statements { await Self.check(sql, reason, on: logged.session) }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// The plan of the user's own UPDATE cannot be asked for, its SELECT's can.
  @Test func leavesDefaultsOfDomainsAlone() async throws {
    let logged = try await LoggedSession(Self.made.value)
    for sql in [
      "UPDATE of_domains SET a = DEFAULT", "UPDATE of_domains SET b = DEFAULT",
      "UPDATE of_domains SET (a, d) = (DEFAULT, 1)", "UPDATE of_domains_seen SET a = DEFAULT",
    ] {
      let capture = try await logged.session.capture(sql)
      guard case .notCompared(let why) = capture.fidelity else {
        Issue.record("planned as it was written: \(sql)")
        continue
      }
      #expect(why.contains("default of domain public.made"))
    }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  @Test func vouchesForOneOfTwoNamesThatLookAlike() async throws {
    let logged = try await LoggedSession(Self.made.value)
    await #expect(throws: CaptureError.self) {
      _ = try await logged.session.capture("SELECT ne\u{301}(1)", allowing: ["n\u{E9}"])
    }
    _ = try await logged.session.capture("SELECT n\u{E9}(1)", allowing: ["n\u{E9}"])
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// The type of a parameter counts as the server reads its name.
  @Test func looksUpTheTypesOfParameters() async throws {
    let logged = try await LoggedSession(Self.made.value)
    for type in ["mood[]", "mood[][]", "mood[3]", "mood array", "\"public\".\"mood\"[]", "_mood"] {
      let parameter = BoundParameters.Parameter(number: 1, value: "{low}", typeName: type)
      let text = try StatementText("SELECT quote_literal(($1)[1])")
      let request = CaptureRequest(
        statement: try Admission.admit(text, parameters: .given([1])), engine: .postgres,
        parameters: BoundParameters([parameter]))
      let error = await #expect(throws: CaptureError.self) {
        _ = try await Capture.take(request, on: logged.session, functions: FunctionAdmission())
      }
      #expect(error?.rejection?.path?.hasPrefix("cast from public.mood to ") == true, "\(type)")
    }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// Where a name is cut depends on the encoding in which it is counted.
  @Test func refusesNamesThatTheServerMayCutElsewhere() async throws {
    let database = try await LoggedServer.makeDatabase()
    try await database.server.run(
      sql: "CREATE DATABASE \(database.name)_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    let latin = ThrowawayDatabase(server: database.server, name: "\(database.name)_latin")
    let long = String(repeating: "\u{E9}", count: 40)
    try await latin.run(
      sql: """
        CREATE FUNCTION \(long)(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'ran long'; RETURN 1; END $$;
        CREATE VIEW v\(long) AS SELECT \(long)(1) AS i; CREATE TABLE "caf\u{E9}" ("pr\u{E9}nom" text);
        """)
    let logged = try await LoggedSession(latin)
    await Self.check("SELECT \(long)(1)", "the name", on: logged.session)
    await Self.check("SELECT * FROM v\(long)", "the name", on: logged.session)
    await Self.check("SELECT * FROM (SELECT 1) v WHERE v.\(long) = 1", "the name", on: logged.session)
    await Self.check("SELECT c.pr\u{E9}nom FROM caf\u{E9} c", nil, on: logged.session)
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// Who holds a lock on a table may change whatever belongs to the statement before the lock goes.
  @Test func looksAgainWhereItHadToWaitForALock() async throws {
    let database = try await Self.made.value
    let holder = try await LoggedSession(database)
    for sql in ["BEGIN", "LOCK TABLE t", "ALTER DOMAIN plain ADD CHECK (f(VALUE) > 0)"] {
      _ = try await holder.session.query(sql)
    }
    let logged = try await LoggedSession(database)
    let request = try await CaptureRequest.make("SELECT 5::plain FROM t", on: logged.session)
    // In a session of its own: within one transaction the server shows the same activity again and again.
    let watcher = try await LoggedSession(database)
    let start = try #require(try await watcher.session.query("SELECT clock_timestamp()").first?[0])
    let capture = Task {
      try await Capture.take(request, on: logged.session, functions: FunctionAdmission())
    }
    // Behind an attempt that met the lock it pauses, and is in no transaction.
    let pausing = """
      SELECT count(*) FROM pg_stat_activity WHERE application_name = 'plandx/\(logged.name)' AND state = 'idle'
        AND query LIKE 'ROLLBACK%' AND state_change > '\(start)'
      """
    while try await watcher.session.query(pausing).first?[0] == "0" {
      try await Task.sleep(for: .milliseconds(5))
    }
    _ = try await holder.session.query("COMMIT")
    let error = await #expect(throws: CaptureError.self) { _ = try await capture.value }
    #expect(error?.rejection?.path == "domain public.plain", "\(String(describing: error))")
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  private static func check(_ sql: String, _ reason: String?, on session: Session) async {
    do {
      if reason == nil {
        _ = try await session.analyze(sql)
      } else {
        _ = try await Capture.take(.make(sql, on: session), on: session, functions: FunctionAdmission())
        Issue.record("admitted: \(sql)")
      }
    } catch let error as CaptureError {
      guard let rejection = error.rejection, let reason else {
        Issue.record("\(sql): \(error)")
        return
      }
      #expect(rejection.description.hasPrefix(reason), "\(sql): \(rejection)")
    } catch let error as AdmissionError {
      #expect(reason.map(error.description.hasPrefix) == true, "\(sql): \(error)")
    } catch {
      Issue.record("\(sql): \(error)")
    }
  }
}
