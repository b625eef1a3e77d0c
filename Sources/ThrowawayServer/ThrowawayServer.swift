/// A PostgreSQL server of this machine's own installation in a temporary folder, reached by socket alone.
///
/// It listens on no network address, so several of them run at once and beside any other server.
/// It is stopped and its folder removed by `stop()`, or else when this process ends in whatever way.
///
///     let server = try await ThrowawayServer.start(settings: ["work_mem": "64kB"])
///     try await server.run(sql: "CREATE TABLE t (i int)")
///     await server.stop()
public final class ThrowawayServer: Sendable {
  /// How `stop` ends a server.
  public enum ShutdownMode: String, Sendable {
    /// SIGINT: sessions end with SQLSTATE 57P01 and the data is written first.
    case fast
    /// SIGQUIT: all processes end at once, as in a crash.
    case immediate
  }

  /// The installation that the server runs from.
  public let binaries: PostgresBinaries
  /// The folder with the server's socket: libpq's `host`.
  public let socketDirectory: String
  /// The port that stands in the socket's name; no network port is opened.
  public let port = 5432
  /// The superuser; no password is asked for.
  public let user = "postgres"
  /// The data directory, with `postgresql.conf` and `pg_hba.conf`.
  public var dataDirectory: String { "\(socketDirectory)/data" }
  /// The server's log file.
  public var logFile: String { "\(socketDirectory)/log" }

  private let keeper: Keeper

  private init(binaries: PostgresBinaries, folder: String, keeper: Keeper) {
    self.binaries = binaries
    self.socketDirectory = folder
    self.keeper = keeper
  }

  /// libpq's connection string for the database `postgres`.
  public var connectionString: String { connectionString(database: "postgres") }

  /// libpq's connection string for a database whose name needs no quoting.
  public func connectionString(database: String) -> String {
    "host=\(socketDirectory) port=\(port) user=\(user) dbname=\(database)"
  }

  /// Runs a script through psql, each statement on its own, and returns what psql printed.
  ///
  /// - Throws: `programFailed` with psql's message at the first error.
  @discardableResult
  public func run(
    sql: String, database: String = "postgres"
  ) async throws(ThrowawayServerError) -> String {
    let (binaries, target) = (binaries, connectionString(database: database))
    return try await offThePool { () throws(ThrowawayServerError) in
      try Self.runPsql(sql, on: target, of: binaries)
    }
  }

  /// Runs a script through psql while the caller's thread waits, and returns what psql printed.
  package static func runPsql(
    _ sql: String, on target: String, of binaries: PostgresBinaries
  ) throws(ThrowawayServerError) -> String {
    try Program(
      path: binaries.path(of: "psql"),
      arguments: ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", target]
    ).output(input: sql)
  }

  /// Stops the server and removes its folder; calling it again does nothing.
  public func stop(_ mode: ShutdownMode = .immediate) async {
    let keeper = self.keeper
    try? await offThePool { () throws(ThrowawayServerError) in
      keeper.end(mode)
    }
  }

  /// Starts a server for the time of a body, and stops it whether the body returns or throws.
  public static func withServer<Value: Sendable>(
    settings: [String: String] = [:],
    _ body: (ThrowawayServer) async throws -> Value
  ) async throws -> Value {
    let server = try await start(settings: settings)
    do {
      let value = try await body(server)
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }
}

extension ThrowawayServer {
  /// Starts a server and returns when it takes connections.
  ///
  /// - Parameters:
  ///   - binaries: the installation to use; the newest of this machine when `nil`.
  ///   - settings: lines of `postgresql.conf`, over the defaults that suit data of no value.
  public static func start(
    binaries: PostgresBinaries? = nil, settings: [String: String] = [:]
  ) async throws(ThrowawayServerError) -> ThrowawayServer {
    let (installed, account) = try await offThePool {
      () throws(ThrowawayServerError) -> (PostgresBinaries, ServerAccount) in
      let account = try ServerAccount.current()
      guard let binaries else { return (try .newest(), account) }
      return (binaries, account)
    }
    let template = try await ClusterTemplate.shared.dataDirectory(of: installed, as: account)
    return try await offThePool { () throws(ThrowawayServerError) in
      let server = try launch(installed, as: account, template: template, settings: settings)
      try server.waitUntilReady()
      return server
    }
  }

  /// Removes the data directories that servers of this process were copied from; the process's end does it too.
  ///
  /// A command that calls this leaves nothing for the moment after it.
  public static func removeTemplates() async {
    await ClusterTemplate.shared.removeAll()
  }

  /// What the keeper runs: the copy is made under its guard, so that a failure leaves nothing behind.
  private static let launchScript = """
    postgres=$1 template=$2 data=$3 settings=$4
    cp -Rp "$template" "$data" && printf '%s' "$settings" >>"$data/postgresql.conf" &&
      exec "$postgres" -D "$data"
    """

  private static func launch(
    _ binaries: PostgresBinaries, as account: ServerAccount, template: String,
    settings: [String: String]
  ) throws(ThrowawayServerError) -> ThrowawayServer {
    let folder = try makeTemporaryFolder(for: account)
    let settings = configuration(settings, socketDirectory: folder)
    let script = ["/bin/sh", "-c", launchScript, "plandx-server"]
    let arguments = [binaries.path(of: "postgres"), template, "\(folder)/data", settings]
    let keeper = try Keeper(
      folder: folder, log: "\(folder)/log", server: account.prefix + script + arguments)
    return ThrowawayServer(binaries: binaries, folder: folder, keeper: keeper)
  }

  /// Settings for data that nobody will miss: nothing waits for a disk, nothing is reachable from outside.
  /// Without autovacuum statistics are there only where somebody asked for them, and change at no other time.
  private static let defaults = [
    "listen_addresses": "", "autovacuum": "off", "fsync": "off", "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100", "lc_messages": "C", "timezone": "UTC", "log_timezone": "UTC",
  ]

  private static func configuration(
    _ settings: [String: String], socketDirectory: String
  ) -> String {
    var all = defaults.merging(settings) { _, chosen in chosen }
    all["unix_socket_directories"] = socketDirectory
    all["port"] = "5432"
    let lines = all.sorted { $0.key < $1.key }.map { "\($0.key) = \(quoted($0.value))\n" }
    return "\n" + lines.joined()
  }

  /// A value as `postgresql.conf` takes it.
  private static func quoted(_ value: String) -> String {
    let escaped = value.map { $0 == "'" || $0 == "\\" ? "\($0)\($0)" : String($0) }
    return "'\(escaped.joined())'"
  }

  /// Blocks until the server says in its pid file that it takes connections, for up to 30 seconds.
  private func waitUntilReady() throws(ThrowawayServerError) {
    for _ in 0..<6_000 {
      let statusLine = textOfFile("\(dataDirectory)/postmaster.pid").split(
        separator: "\n", omittingEmptySubsequences: false
      ).dropFirst(7).first
      if let statusLine, statusLine.hasPrefix("ready") { return }
      guard keeper.serverRuns(after: 5) else { break }
    }
    let log = lastLines(textOfFile(logFile))
    keeper.end(.immediate)
    throw .serverDidNotStart(log: log)
  }
}
