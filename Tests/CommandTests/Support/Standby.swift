import Foundation
import Testing

@testable import ThrowawayServer

/// A hot standby of a throwaway server, which lets recovery have its way at once.
final class Standby: Sendable {
  /// libpq's `host`.
  let socketDirectory: String
  private let binaries: PostgresBinaries
  private let keeper: Keeper

  private static let settings = [
    "hot_standby=on", "max_standby_streaming_delay=0", "wal_receiver_status_interval=1", "listen_addresses=",
  ]

  /// Copies a server and starts the copy.
  init(of primary: ThrowawayServer) async throws {
    binaries = primary.binaries
    let (folder, keeper) = try await offThePool { () throws(ThrowawayServerError) -> (String, Keeper) in
      let account = try ServerAccount.current()
      let folder = try makeTemporaryFolder(for: account)
      let primaryConnection = "host=\(primary.socketDirectory) port=\(primary.port) user=postgres"
      _ = try account.run(
        primary.binaries.path(of: "pg_basebackup"),
        ["-R", "-X", "stream", "-c", "fast", "--no-sync", "-D", "\(folder)/data", "-d", primaryConnection],
        in: folder
      ).output()
      let settings = (Self.settings + ["unix_socket_directories=\(folder)"]).flatMap { ["-c", $0] }
      let server = [primary.binaries.path(of: "postgres"), "-D", "\(folder)/data"] + settings
      return (folder, try Keeper(folder: folder, log: "\(folder)/log", server: account.prefix + server))
    }
    (socketDirectory, self.keeper) = (folder, keeper)
    try await waitUntilReady()
  }

  /// libpq's connection string.
  func connectionString(database: String) -> String {
    "host=\(socketDirectory) port=5432 user=postgres dbname=\(database)"
  }

  /// Runs SQL on the standby.
  func run(sql: String) async throws -> String {
    let psql = Program(
      path: binaries.path(of: "psql"),
      arguments: ["-X", "-q", "-A", "-t", "-d", connectionString(database: "postgres"), "-c", sql])
    return try await offThePool { () throws(ThrowawayServerError) in try psql.output() }
  }

  /// Waits until a query on the standby answers `t`.
  func wait(until condition: String) async throws {
    for _ in 0..<500 {
      if (try? await run(sql: "SELECT \(condition)")) == "t\n" { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("it never came about on the standby: \(condition)")
  }

  /// Waits until what was done on the primary is there.
  func catchUp(with primary: ThrowawayServer) async throws {
    let position = try await primary.run(sql: "SELECT pg_current_wal_lsn()").dropLast()
    try await wait(until: "pg_last_wal_replay_lsn() >= '\(position)'")
  }

  /// Stops it and removes its folder.
  func stop() { keeper.end(.immediate) }

  private func waitUntilReady() async throws { try await wait(until: "pg_is_in_recovery()") }
}
