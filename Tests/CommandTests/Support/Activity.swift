import Foundation
import Testing
import ThrowawayServer

/// What sessions of a database do, as `pg_stat_activity` tells.
enum Activity {
  /// Waits until a session of the database answers to a condition.
  static func wait(on database: ThrowawayDatabase, _ condition: () -> String) async throws {
    for _ in 0..<500 {
      if try await count(in: database, where: condition()) > 0 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("no session was ever seen with \(condition())")
  }

  static func count(in database: ThrowawayDatabase, where condition: String) async throws -> Int {
    let answer = try await database.server.run(
      sql: """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = '\(database.name)' AND pid <> pg_backend_pid() AND (\(condition))
        """)
    return try #require(Int(answer.dropLast()))
  }

  /// Ends all sessions of the database.
  static func terminate(in database: ThrowawayDatabase) async throws {
    try await database.server.run(
      sql: """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = '\(database.name)' AND pid <> pg_backend_pid()
        """)
  }
}
