/// A database of its own on a throwaway server.
public struct ThrowawayDatabase: Sendable {
  /// The server that holds it.
  public let server: ThrowawayServer
  /// Its name, which needs no quoting.
  public let name: String

  /// libpq's connection string.
  public var connectionString: String { server.connectionString(database: name) }

  /// Runs a script in it through psql and returns what psql printed.
  @discardableResult
  public func run(sql: String) async throws(ThrowawayServerError) -> String {
    try await server.run(sql: sql, database: name)
  }
}
