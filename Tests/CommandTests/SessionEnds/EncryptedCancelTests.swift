import Foundation
import Testing

@testable import ThrowawayServer

/// Aurora DSQL takes nothing but TLS, and libpq before 17 sends its cancel request without.
///
/// A PostgreSQL stands in: the host's name, which is not looked up, makes it a cluster.
@Suite struct EncryptedCancelTests {
  private static func end(_ proxy: CuttableProxy, _ database: ThrowawayDatabase) -> SessionEnd {
    let cluster = "host=abc123.dsql.us-east-1.on.aws hostaddr=127.0.0.1 sslmode=disable port=\(proxy.port)"
    return SessionEnd(
      connection: ["-d", "\(cluster) user=postgres dbname=\(database.name)"],
      sql: "SELECT a.id FROM orders a, orders b, orders c")
  }

  /// No cancel request may be sent: its connection would be one more to the proxy.
  private static func isStopped(
    options: [String], by event: (Invocation) -> Void
  ) async throws -> (ended: Ended, connections: Int) {
    let database = try await Shop.copy()
    return try await CuttableProxy.with(database.server) { proxy in
      var end = Self.end(proxy, database)
      end.options = options
      let ended = try await end.run { invocation in
        try await Activity.wait(on: database) { "query LIKE 'EXPLAIN ANALYZE%' AND state = 'active'" }
        event(invocation)
      }
      let connections = proxy.connections
      try await Activity.terminate(in: database)
      return (ended, connections)
    }
  }

  @Test func closesTheConnectionAfterCtrlC() async throws {
    let (ended, connections) = try await Self.isStopped(options: []) { kill($0.process, SIGINT) }
    ended.failed(130, connections == 1 ? SignalTests.closed : SignalTests.interrupted)
  }

  @Test func saysSoInTheReport() async throws {
    let (ended, connections) = try await Self.isStopped(options: ["--timeout", "1"]) { _ in }
    ended.succeeded()
    let text = try #require(ended.text)
    #expect(text.contains("**Estimates only.** The statement was stopped after 1s (`--timeout`)."))
    #expect(text.contains("| Cancelling | only by closing the connection: libpq") == (connections == 1))
  }
}
