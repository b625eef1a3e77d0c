/// One server for a whole process, started at its first use, that gives out databases.
///
/// Meant for test suites: a database costs a tenth of a second and no suite sees another's. The
/// server ends with the process.
public actor SharedServer {
  /// The process's server.
  public static let shared = SharedServer()

  private var starting: Task<Result<ThrowawayServer, ThrowawayServerError>, Never>?
  private var databaseCount = 0

  /// The server itself; what is changed in it is changed for every user of the process.
  public func server() async throws(ThrowawayServerError) -> ThrowawayServer {
    let task = starting ?? Task { await Self.start() }
    starting = task
    return try await task.value.get()
  }

  /// Makes an empty database, or one that a script has filled; it stays until the process ends.
  public func makeDatabase(
    script: String = ""
  ) async throws(ThrowawayServerError) -> ThrowawayDatabase {
    databaseCount += 1
    // Taken before the first wait, during which another caller may count on.
    let name = "throwaway_\(databaseCount)"
    let database = ThrowawayDatabase(server: try await server(), name: name)
    try await database.server.run(sql: "CREATE DATABASE \(database.name)")
    if !script.isEmpty { try await database.run(sql: script) }
    return database
  }

  private static func start() async -> Result<ThrowawayServer, ThrowawayServerError> {
    do throws(ThrowawayServerError) {
      return .success(try await ThrowawayServer.start())
    } catch {
      return .failure(error)
    }
  }
}
