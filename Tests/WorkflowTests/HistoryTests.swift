import Catalog
import Postgres
import Testing
import ThrowawayServer

@testable import Workflow

/// Earlier executions of a statement, from `pg_stat_statements`.
@Suite(.serialized) struct HistoryTests {
  private static let starting = Task {
    let server = try await ThrowawayServer.start(settings: ["shared_preload_libraries": "pg_stat_statements"])
    try await server.run(
      sql: """
        CREATE SCHEMA odd; CREATE EXTENSION pg_stat_statements SCHEMA odd;
        CREATE TABLE t (i int PRIMARY KEY, j int); INSERT INTO t SELECT i, i % 5 FROM generate_series(1, 500) i; ANALYZE;
        CREATE ROLE passer LOGIN; GRANT SELECT, UPDATE ON t TO passer; CREATE ROLE blind LOGIN; GRANT SELECT ON t TO blind;
        GRANT USAGE ON SCHEMA odd TO blind;
        """)
    return server
  }

  private func analyze(_ sql: String, role: String = "postgres") async throws -> EvidenceBook {
    let server = try await Self.starting.value
    let settings = ConnectionSettings(
      database: server.connectionString.replacing("user=postgres", with: "user=\(role)"))
    return try await Session.connect(settings).analyze(sql, evidence: .catalog, limit: 0.000_001).evidence
  }

  @Test func findsTheStatementByItsIdentifierWhateverItsConstants() async throws {
    let server = try await Self.starting.value
    try await server.run(sql: (1...12).map { "SELECT * FROM t WHERE j = \($0 % 5);" }.joined(separator: "\n"))
    let book = try await analyze("SELECT * FROM t WHERE j = 3")
    let history = try #require(book.history)
    #expect(history.calls == 12)
    #expect(history.rows == 1_200)
    #expect(
      history.meanTime > 0 && history.leastTime <= history.meanTime && history.meanTime <= history.mostTime)
    #expect(history.deviation <= history.mostTime - history.leastTime)
    #expect(history.since != nil && (history.days ?? -1) >= 0)
    #expect(!book.gaps.contains { $0.missing.contains("executions") })
    // Captures run the query inside EXPLAIN, which does not count.
    #expect(try await analyze("SELECT * FROM t WHERE j = 4").history?.calls == 12)
  }

  @Test func findsAnUpdateByItsOwnIdentifier() async throws {
    let server = try await Self.starting.value
    try await server.run(sql: "UPDATE t SET j = 9 WHERE i = 3; UPDATE t SET j = 3 WHERE i = 3;")
    let history = try #require(try await analyze("UPDATE t SET j = 7 WHERE i = 8").history)
    #expect(history.calls == 2 && history.rows == 2)
  }

  @Test func saysWhyThereIsNoHistory() async throws {
    let never = try await analyze("SELECT i, j, j FROM t WHERE j = 3")
    #expect(never.history == nil && never.gaps.first?.missing == "earlier executions of the statement")
    let blind = try await analyze("SELECT i, i, j FROM t WHERE j = 3", role: "blind")
    #expect(blind.gaps.map(\.missing) == ["executions of the statement by other roles"])
    let refused = try await analyze("SELECT i, i, i FROM t WHERE j = 3", role: "passer")
    #expect(refused.gaps.map(\.reason) == ["permission denied for schema odd"])
  }
}
