import ThrowawayServer

/// All that a server holds which a statement could change, one line for each thing.
///
/// Two fingerprints are equal when not one byte differs.
public struct Fingerprint: Sendable, Equatable {
  private let lines: [String]

  /// Of one database while others may change. The caller's thread waits.
  ///
  /// - Parameter target: libpq's connection string for a superuser.
  public init(database target: String) throws(ThrowawayServerError) {
    lines = try Self.run(FingerprintSQL.database, on: target)
  }

  /// Of all databases of a server on which nothing else happens.
  public init(cluster server: ThrowawayServer) async throws(ThrowawayServerError) {
    let names = try await server.run(sql: "SELECT datname FROM pg_database WHERE datallowconn ORDER BY 1")
    var lines: [String] = []
    for name in names.split(separator: "\n").map(String.init) {
      let answer = try await server.run(sql: FingerprintSQL.cluster, database: name)
      lines += answer.split(separator: "\n").map { "\(name): \($0)" }
    }
    self.lines = lines
  }

  private static func run(_ sql: String, on target: String) throws(ThrowawayServerError) -> [String] {
    try ThrowawayServer.runPsql(sql, on: target, of: binaries.get()).split(separator: "\n").map(String.init)
  }

  private static let binaries = Result { () throws(ThrowawayServerError) in try PostgresBinaries.newest() }

  /// What was there before and is no longer, and what is new; empty when nothing changed.
  public func changes(to later: Fingerprint) -> String {
    guard self != later else { return "" }
    let (old, new) = (Set(lines), Set(later.lines))
    let changes =
      lines.filter { !new.contains($0) }.map { "- \($0)" }
      + later.lines.filter { !old.contains($0) }.map { "+ \($0)" }
    return changes.isEmpty ? "the order of lines" : changes.joined(separator: "\n")
  }
}
