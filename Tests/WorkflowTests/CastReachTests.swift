import Foundation
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// Every way to a user-made cast or operator that the statement does not write, and beside each the
/// harmless neighbour. Every function of the schema leaves `ran` in the server's log.
@Suite(.serialized) struct CastReachTests {
  private static let made = Task {
    let file = try #require(Bundle.module.url(forResource: "casts", withExtension: "sql"))
    return try await LoggedServer.makeDatabase(script: String(contentsOf: file, encoding: .utf8))
  }

  /// What is rejected, by the function that would run.
  static let rejected: [(function: String, statements: [String])] = [
    // Casts of assignment, where PostgreSQL asks for a type of its own.
    (
      "cast from public.to_bool to boolean, which exists in this database and may be used → function public.f_bool",
      [
        "SELECT * FROM bools WHERE e", "SELECT NOT e FROM bools", "SELECT e AND true FROM bools",
        "SELECT CASE WHEN e THEN 1 END FROM bools", "SELECT count(*) FILTER (WHERE e) FROM bools",
        "SELECT count(*) FROM bools HAVING 'a'::to_bool", "SELECT a.id FROM bools a JOIN bools b ON a.e",
        "SELECT e IS TRUE FROM bools", "SELECT e IS NOT FALSE FROM bools",
        "SELECT 1 WHERE (SELECT e FROM bools)", "DELETE FROM bools WHERE e",
        "SELECT * FROM (SELECT e FROM bools) x (y) WHERE y",
        "WITH x AS (TABLE bools) SELECT 1 FROM x WHERE e",
        "SELECT * FROM json_to_record('{}') AS r (e to_bool) WHERE e",
        "SELECT 1 FROM bools WHERE (SELECT array_agg(e) FROM bools)[1]",
      ]
    ),
    (
      "cast from public.to_int to integer, which",
      ["SELECT (ARRAY[1, 2])[e] FROM ints", "SELECT (ARRAY[1, 2])[e:2] FROM ints", "UPDATE ints SET id = e"]
    ),
    (
      "cast from public.to_long to bigint, which",
      [
        "SELECT id FROM t LIMIT 'a'::to_long", "SELECT id FROM t OFFSET 'a'::to_long",
        "SELECT id FROM t FETCH FIRST ('a'::to_long) ROWS ONLY",
        "SELECT sum(id) OVER (ORDER BY id ROWS 'a'::to_long PRECEDING) FROM t",
        "SELECT id FROM t LIMIT (SELECT e FROM longs)",
      ]
    ),
    ("cast from public.to_real to real, which", ["SELECT id FROM t TABLESAMPLE system ('a'::to_real)"]),
    (
      "cast from public.to_words to text, which",
      [
        "SELECT xmlparse(document e) FROM worded", "SELECT xmlpi(name a, e) FROM worded",
        "SELECT e || 'x' FROM worded",
      ]
    ),
    (
      "cast from public.to_xml to xml, which",
      [
        "SELECT e IS DOCUMENT FROM xmls", "SELECT xmlconcat(e, e) FROM xmls",
        "SELECT xmlroot(e, version '1.0') FROM xmls",
      ]
    ),
    // Explicit casts in the server's own functions that are written in SQL.
    (
      "cast from public.spelled to text, which",
      [
        "SELECT quote_literal(e) FROM spellings", "SELECT (e).quote_literal FROM spellings",
        "SELECT quote_nullable(e) FROM spellings", "SELECT e || 'x' FROM spellings",
        "SELECT 'x' || e FROM spellings", "SELECT 'x' OPERATOR(pg_catalog.||) e FROM spellings",
        "SELECT * FROM quoted", "SELECT * FROM joined", "SELECT * FROM concat_checked WHERE id = 1",
        "SELECT * FROM concat_partly WHERE id = 1",
      ]
    ),
    // Types made of others: arrays, rows, multiranges.
    (
      "cast from public.listed[] to text, which",
      [
        "SELECT array_agg(e)::text FROM lists", "SELECT upper(array_agg(e)) FROM lists",
        "SELECT lower(ARRAY[e]) FROM lists", "SELECT array_agg(e) || 'x' FROM lists",
        "SELECT array_agg(e) LIKE 'x' FROM lists",
        "SELECT x::text FROM (SELECT array_agg(e) AS x FROM lists) q",
        "SELECT upper(enum_range(e)) FROM lists", "SELECT upper('{a}'::listed[])",
      ]
    ),
    (
      "cast from public.rowed to text, which",
      [
        "SELECT rowed::text FROM rowed", "SELECT lower(r) FROM rowed r",
        "SELECT length((array_agg(rowed))[1]) FROM rowed",
        "UPDATE rowed SET s = 'a' WHERE rowed::text = 'x'", "DELETE FROM rowed WHERE lower(rowed) = 'x'",
      ]
    ),
    (
      "cast from public.viewed to integer, which",
      ["SELECT viewed + 1 FROM viewed", "SELECT abs(viewed) FROM viewed"]
    ),
    ("cast from public.arrayed[] to text, which", ["SELECT upper(array_agg(arrayed)) FROM arrayed"]),
    ("cast from public.plain[] to text, which", ["SELECT upper(array_agg(p)) FROM plains"]),
    (
      "cast from public.stretches to text, which",
      [
        "SELECT range_agg(f)::text FROM stretched", "SELECT multirange(f)::text FROM stretched",
        "SELECT md5(range_agg(f)) FROM stretched",
      ]
    ),
    // In functions that planning writes out.
    (
      "cast from public.folded to integer, which",
      [
        "SELECT * FROM indexed WHERE l = 1", "SELECT * FROM indexed_new WHERE l = 1",
        "SELECT * FROM body_checked WHERE l = 1", "SELECT * FROM partly WHERE l = 1",
        "SELECT * FROM by_operator WHERE l = 1", "SELECT * FROM by_domain WHERE l = 1",
        "SELECT * FROM by_statistics WHERE l = 1", "SELECT * FROM by_key WHERE l = 1",
      ]
    ),
    ("cast from integer to public.counted, which", ["SELECT * FROM by_composite WHERE l = 1"]),
    ("cast from public.listed_int[] to integer, which", ["SELECT * FROM by_array WHERE l = 1"]),
    ("cast from public.kept to integer, which", ["SELECT k::int FROM keeps", "SELECT int4(k) FROM keeps"]),
    // In what is assigned.
    ("cast from public.given to public.taken, which", ["UPDATE takes SET k = 'a'::given WHERE id = 1"]),
    // What the planner may put in an operator's place.
    (
      "operator #! → function public.f_same",
      [
        "SELECT id FROM t WHERE EXISTS (SELECT FROM t u WHERE NOT (u.s #! t.s))",
        "SELECT id FROM t WHERE s #! 'x'",
      ]
    ),
    ("operator #= → function public.f_same", ["SELECT id FROM t WHERE s #= 'x'"]),
    ("operator #~ → function public.f_same", ["SELECT id FROM t WHERE s #~ 'x'"]),
    ("view public.negated → function public.f_same", ["SELECT * FROM negated"]),
  ]

  /// In a database full of such casts.
  static let admitted = [
    "SELECT id, s FROM t WHERE id = 5 AND s IS NOT NULL LIMIT 5",
    "SELECT array_agg(s)::text, array_agg(t)::text, upper(max(s)), bool_and(a > 1) FROM t",
    "SELECT s || a, a || 'x', quote_literal(a), t::text, tags[a], tags[a:2], span::text FROM t",
    "SELECT range_agg(span)::text, xmlagg(x), xmlconcat(NULL::xml) IS DOCUMENT FROM t",
    "SELECT sum(a) OVER (ORDER BY id ROWS 1 PRECEDING) FROM t TABLESAMPLE system (50)",
    "SELECT v::text, to_json(v), lower(v.s) FROM t_view v",
    "UPDATE t SET a = a + 1 WHERE s LIKE 'x%'", "DELETE FROM t WHERE upper(s) = 'X1'",
    // A cast of assignment to integer, which nothing here asks for.
    "SELECT e FROM ints WHERE e = 'a' ORDER BY e", "SELECT count(*) FROM ints i WHERE i.id = 1 GROUP BY i.e",
    // Explicit casts that nobody asks for.
    "SELECT * FROM keeps WHERE k = 'a' AND k > 'a'", "UPDATE keeps SET k = 'b' WHERE id = 1",
    "SELECT k::text, k || 'x', quote_literal(k), array_agg(k)::text, to_json(k) FROM keeps GROUP BY k",
    "SELECT e, id::bigint FROM spellings WHERE e = 'a'", "SELECT * FROM shown",
    // Operators on the server's own functions.
    "SELECT id FROM t WHERE s #% 'x' AND NOT (s #/ 'y')",
    // Casts of extensions.
    "SELECT c::text, c || 'x', lower(c), quote_literal(c), array_agg(c)::text FROM extended GROUP BY c",
    "SELECT h::text, h || 'a=>2', h -> 'a', h['a'], h::json, to_jsonb(h), hstore(e) FROM extended e",
  ]

  @Test func rejectsCastsThatMayBeUsed() async throws {
    let logged = try await LoggedSession(Self.made.value)
    for (function, statements) in Self.rejected {
      for sql in statements {
        do {
          _ = try await logged.session.capture(
            sql, settings: [TransactionSettings.Setting("constraint_exclusion", "on")])
          Issue.record("admitted: \(sql)")
        } catch CaptureError.functionRejected(let rejection) {
          #expect(rejection.description.hasPrefix(function), "\(sql): \(rejection)")
        } catch {
          Issue.record("\(sql): \(error)")
        }
      }
    }
    let entries = try await logged.entries()
    #expect(!entries.contains { $0.text.contains("EXPLAIN") || $0.text.hasPrefix("ran") })
  }

  @Test func admitsWhatCannotReachThem() async throws {
    let logged = try await LoggedSession(Self.made.value)
    for sql in Self.admitted {
      await #expect(throws: Never.self, Comment(rawValue: sql)) {
        _ = try await logged.session.capture(
          sql, settings: [TransactionSettings.Setting("constraint_exclusion", "on")])
      }
    }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// One between the server's own types may be used by any statement; a vouch for its function is enough.
  @Test func saysThatACastOfPlainTypesMayBeUsed() async throws {
    let database = try await LoggedServer.makeDatabase(
      script: """
        CREATE FUNCTION spell(i int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
          $$ BEGIN RAISE LOG 'ran'; RETURN 'x'; END $$;
        CREATE CAST (int AS text) WITH FUNCTION spell(int) AS IMPLICIT;
        CREATE TABLE plain (id int);
        """)
    let session = try await LoggedSession(database).session
    let caught = await #expect(throws: CaptureError.self) {
      _ = try await session.capture("SELECT id FROM plain")
    }
    guard case .functionRejected(let rejection) = caught else {
      Issue.record("\(String(describing: caught))")
      return
    }
    #expect(
      rejection.description.hasPrefix(
        "cast from integer to text, which exists in this database and may be used → function public.spell"))
    _ = try await session.capture("SELECT id FROM plain", allowing: ["spell"])
  }

  /// A cast, an operator and an aggregate whose function is one of the server's that cast by themselves.
  @Test(arguments: [
    (
      "CREATE CAST (spelled AS varchar) WITH FUNCTION quote_literal(anyelement) AS IMPLICIT",
      "SELECT e::varchar FROM spellings"
    ),
    ("CREATE OPERATOR @@@ (RIGHTARG = anyelement, FUNCTION = quote_literal)", "SELECT @@@ e FROM spellings"),
    (
      "CREATE AGGREGATE last(spelled) (SFUNC = enum_larger, STYPE = spelled, FINALFUNC = quote_literal)",
      "SELECT last(e) FROM spellings"
    ),
  ])
  func findsTheServersOwnCastsBehindWhatUsersMade(_ made: String, _ sql: String) async throws {
    let database = try await LoggedServer.makeDatabase(
      script: """
        CREATE TYPE spelled AS ENUM ('a');
        CREATE FUNCTION spell(spelled) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
          $$ BEGIN RAISE LOG 'ran'; RETURN 'a'; END $$;
        CREATE CAST (spelled AS text) WITH FUNCTION spell(spelled);
        CREATE TABLE spellings (e spelled);
        \(made);
        """)
    let logged = try await LoggedSession(database)
    await #expect(throws: CaptureError.self) { _ = try await logged.session.capture(sql) }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
    _ = try await logged.session.capture(sql, allowing: ["spell"])
  }

  /// Planning writes out a VOLATILE function in SQL, and runs what it folds in it.
  @Test func doesNotPlanAnUpdateWhoseDefaultIsWrittenOut() async throws {
    let logged = try await LoggedSession(Self.made.value)
    let capture = try await logged.session.capture("UPDATE volatile_default SET k = DEFAULT WHERE l = 1")
    guard case .notCompared = capture.fidelity else {
      Issue.record("\(String(describing: capture.fidelity))")
      return
    }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }
}
