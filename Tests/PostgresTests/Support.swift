import Foundation
import Synchronization
import Testing
import ThrowawayServer

@testable import Postgres

/// A session on the process's shared server, in a new database when there is a script to fill it.
func makeSession(
  script: String = "", name: String = "test", cancelHandle: CancelHandle = CancelHandle(),
  log: StatementLog? = nil
) async throws -> Session {
  let connectionString =
    script.isEmpty
    ? try await SharedServer.shared.server().connectionString
    : try await SharedServer.shared.makeDatabase(script: script).connectionString
  return try await Session.connect(
    settings(connectionString, name: name), cancelHandle: cancelHandle, log: log)
}

/// Settings whose sessions can be told apart in `pg_stat_activity`.
func settings(_ connectionString: String, name: String = "test") -> ConnectionSettings {
  ConnectionSettings(database: connectionString, version: name)
}

/// How many backends the server still has for a session's name.
func backends(named name: String) async throws -> String {
  try await SharedServer.shared.server().run(
    sql: "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'plandx/\(name)'")
}

/// Waits until a statement of the session's runs in the server.
func waitUntilActive(named name: String) async throws {
  let server = try await SharedServer.shared.server()
  for _ in 0..<200 {
    let active = try await server.run(
      sql: """
        SELECT count(*) FROM pg_stat_activity
        WHERE application_name = 'plandx/\(name)' AND state = 'active' AND query LIKE '%pg_sleep%'
        """)
    if active == "1\n" { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  Issue.record("no statement of \(name) was ever active")
}

/// The server's error inside an error, for tests that look at its fields.
func serverError(_ error: PostgresError?) throws -> ServerError {
  switch error {
  case .server(let error), .terminated(let error): return error
  default:
    Issue.record("not a server's error: \(String(describing: error))")
    throw try #require(error)
  }
}

extension Session {
  /// Whether the connection is there and no transaction is open on it.
  var isIdle: Bool { connection?.isInTransaction == false }
}

extension TransactionSettings {
  static let ordinary = TransactionSettings(statementTimeout: .seconds(60))
}
