import Foundation
import Testing
import Unchanged

@testable import ThrowawayServer

/// A PgBouncer in a temporary folder, on a socket, before a throwaway server.
final class Pooler: Sendable {
  /// libpq's `host`.
  let socketDirectory: String
  private let server: ThrowawayServer
  private let keeper: Keeper

  /// Debian has it where an ordinary user's PATH does not look.
  private static var program: String {
    PostgresBinaries.executable(named: "pgbouncer") ?? "/usr/sbin/pgbouncer"
  }

  /// Starts a pooler.
  ///
  /// - Parameters:
  ///   - mode: `pool_mode`.
  ///   - settings: more lines of its configuration.
  init(before server: ThrowawayServer, mode: String = "transaction", settings: [String] = []) async throws {
    self.server = server
    let program = Self.program
    (socketDirectory, keeper) = try await offThePool {
      () throws(ThrowawayServerError) -> (String, Keeper) in
      let account = try ServerAccount.current()
      let folder = try makeTemporaryFolder(for: account)
      let lines = Self.configuration(folder, server, mode) + settings
      // A shell's children in the background ignore SIGQUIT, by which the keeper ends what it keeps.
      let script = """
        printf '%s\\n' "$1" >pgbouncer.ini
        echo '"postgres" ""' >users
        exec env --default-signal=QUIT "$2" -q pgbouncer.ini
        """
      let command = ["/bin/sh", "-c", script, "pooler", lines.joined(separator: "\n"), program]
      return (folder, try Keeper(folder: folder, log: "\(folder)/log", server: account.prefix + command))
    }
    ChangeWatch.note("host=\(socketDirectory)", leadsTo: server)
    try await waitUntilReady()
  }

  private static func configuration(_ folder: String, _ server: ThrowawayServer, _ mode: String) -> [String] {
    [
      "[databases]", "* = host=\(server.socketDirectory) port=\(server.port)", "[pgbouncer]",
      "listen_addr =", "listen_port = 6432", "unix_socket_dir = \(folder)", "auth_type = trust",
      "auth_file = users", "admin_users = postgres", "pool_mode = \(mode)", "default_pool_size = 1",
      "logfile = \(folder)/pooler.log",
    ]
  }

  /// libpq's connection string for a database behind the pooler.
  func connectionString(database: String) -> String {
    "host=\(socketDirectory) port=6432 user=postgres dbname=\(database)"
  }

  /// Runs SQL through the pooler, or a command on its console, the database `pgbouncer`.
  func run(sql: String, database: String) async throws -> String {
    let psql = Program(
      path: server.binaries.path(of: "psql"),
      arguments: ["-X", "-q", "-A", "-t", "-d", connectionString(database: database), "-c", sql])
    return try await offThePool { () throws(ThrowawayServerError) in try psql.output() }
  }

  /// Stops it and removes its folder.
  func stop() { keeper.end(.immediate) }

  private func waitUntilReady() async throws {
    for _ in 0..<250 {
      if (try? await run(sql: "SHOW VERSION", database: "pgbouncer")) != nil { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    let log = (try? String(contentsOfFile: "\(socketDirectory)/log", encoding: .utf8)) ?? ""
    Issue.record("PgBouncer did not start (scripts/setup pgbouncer installs it): \(log)")
  }
}
