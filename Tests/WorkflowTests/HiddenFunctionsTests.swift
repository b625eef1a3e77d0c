import Catalog
import Foundation
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// A server that does not show `pg_proc`: names decide, and the report says so.
@Suite(.serialized) struct HiddenFunctionsTests {
  private static let made = Task {
    try await LoggedServer.makeDatabase(
      script: """
        REVOKE SELECT ON pg_proc FROM public;
        CREATE FUNCTION shouting(s text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
          $$ BEGIN RAISE LOG 'ran'; RETURN s; END $$;
        CREATE TABLE t (id int PRIMARY KEY, a int, s text);
        INSERT INTO t SELECT i, i % 10, 'x' || i FROM generate_series(1, 100) i;
        CREATE TYPE mood AS ENUM ('a');
        CREATE FUNCTION alike(a int, s text) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS
          $$ BEGIN RAISE LOG 'ran'; RETURN true; END $$;
        CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = alike);
        CREATE VIEW quiet AS SELECT id, lower(s) AS l FROM t;
        CREATE VIEW shouted AS SELECT id, shouting(s) AS l FROM t;
        CREATE VIEW behind AS SELECT * FROM shouted;
        DO $$ BEGIN EXECUTE 'CREATE VIEW wide AS SELECT length(''' || repeat('x', 1100000) || ''')'; END $$;
        CREATE ROLE unseeing LOGIN;
        GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO unseeing;
        """)
  }

  private static let cases: [(sql: String, reason: String?)] = [
    ("SELECT count(*), lower(s) FROM t GROUP BY s", nil),
    ("SELECT id FROM quiet WHERE id = 5", nil),
    ("SELECT now(), random(), '1'::int, a::text FROM t WHERE s LIKE 'x%' AND a BETWEEN 1 AND 2", nil),
    ("UPDATE t SET a = a + 1 WHERE s LIKE 'x1%'", nil),
    ("SELECT * FROM pg_stat_activity", nil),
    ("SELECT shouting(s) FROM t", "function shouting is rejected: this server does not show its functions"),
    ("SELECT public.lower(s) FROM t", "function public.lower is rejected"),
    ("SELECT * FROM shouted", "view public.shouted → function shouting is rejected"),
    ("SELECT * FROM behind", "view public.shouted → function shouting is rejected"),
    ("SELECT 'a'::mood", "type mood is rejected"),
    ("SELECT id FROM t WHERE a === s", "operator === is rejected"),
    ("SELECT pg_advisory_lock(1)", "function pg_advisory_lock is rejected"),
    ("SELECT pg_notify('a', 'b')", "function pg_notify is rejected"),
    ("SELECT table_to_xml('t', true, true, '')", "function table_to_xml is rejected"),
    ("UPDATE t SET s = shouting(s)", "function shouting is rejected"),
  ]

  /// PostgreSQL refuses `pg_proc`; Aurora DSQL has none, and is not asked for it.
  @Test(arguments: [EngineProfile.postgres, .dsql]) func letsPostgreSQLsOwnNamesPass(_ engine: EngineProfile)
    async throws
  {
    let logged = try await LoggedSession(Self.made.value, role: "unseeing")
    for (sql, reason) in Self.cases {
      let statement = try Admission.admit(StatementText(sql), form: RewriteForm(engine))
      let request = CaptureRequest(statement: statement, engine: engine)
      do throws(CaptureError) {
        let functions = try await request.planning(request.questions, on: logged.session) {
          _ throws(CaptureError) in
        }.functions
        #expect(reason == nil, "admitted: \(sql)")
        #expect(functions.gaps.count == 1)
        #expect(functions.gaps[0].reason.contains("judged by their names"))
      } catch {
        guard case .functionRejected(let rejection) = error else { throw error }
        #expect(rejection.description.hasPrefix(reason ?? "admitted"), Comment(rawValue: sql))
      }
    }
    let entries = try await logged.entries()
    #expect(!entries.contains { $0.text.contains("EXPLAIN") || $0.text.hasPrefix("ran") })
    if engine == .dsql { #expect(!entries.contains { $0.text.contains("pg_proc") }) }
  }

  /// Its text is longer than the parser's bounds allow.
  @Test func rejectsAViewThatItCannotRead() async throws {
    let session = try await LoggedSession(Self.made.value, role: "unseeing").session
    let caught = await #expect(throws: CaptureError.self) {
      _ = try await session.capture("SELECT * FROM wide")
    }
    guard case .functionRejected(let rejection) = caught else {
      Issue.record("\(String(describing: caught))")
      return
    }
    #expect(rejection.description.hasPrefix("view public.wide is rejected: the PostgreSQL"))
  }

  @Test func namesTheGapInTheReport() async throws {
    let logged = try await LoggedSession(Self.made.value, role: "unseeing")
    let result = try await logged.session.analyze("SELECT lower(s) FROM t WHERE id = 5")
    let gap = try #require(
      result.evidence.gaps.first { $0.missing.contains("functions, operators and types") })
    #expect(gap.reason.hasPrefix("permission denied for table pg_proc"))
    let rewritten = try await logged.session.analyze("UPDATE t SET a = 1 WHERE id = 5")
    guard case .notCompared = rewritten.capture.fidelity else {
      Issue.record("\(String(describing: rewritten.capture.fidelity))")
      return
    }
    #expect(try await !logged.entries().contains { $0.text.contains("EXPLAIN (VERBOSE, SETTINGS) UPDATE") })
  }

  @Test(arguments: ["shouting", "public.shouting"]) func believesAVouch(_ name: String) async throws {
    let session = try await LoggedSession(Self.made.value, role: "unseeing").session
    let capture = try await session.capture("SELECT shouting(s) FROM t", allowing: [name, "nosuch"])
    #expect(capture.functions.unusedVouches.map(\.label) == ["nosuch"])
  }
}
