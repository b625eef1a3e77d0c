@testable import ThrowawayServer

/// The database of a case, and copies of it as its script left it.
struct FaultDatabase {
  let original: ThrowawayDatabase
  private var server: ThrowawayServer { original.server }
  private var copyName: String { original.name + "_copy" }

  /// Runs the case's script in a database of its own.
  init(of fault: PlantedFault) async throws {
    original = try await SharedServer.shared.makeDatabase(script: fault.schema)
  }

  /// A fresh copy of the original, instead of an earlier one: what ANALYZE, VACUUM and CREATE INDEX write into
  /// pg_class no rollback takes back. Nobody may be connected to the original.
  func copy() async throws -> ThrowawayDatabase {
    try await server.run(
      sql: """
        DROP DATABASE IF EXISTS \(copyName) WITH (FORCE);
        CREATE DATABASE \(copyName) TEMPLATE \(original.name) STRATEGY file_copy;
        \(Self.copySettings(of: original.name, to: copyName))
        """)
    return ThrowawayDatabase(server: server, name: copyName)
  }

  /// Makes room for the next case.
  func drop() async throws {
    for name in [copyName, original.name] {
      try await server.run(sql: "DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }
  }

  /// ALTER DATABASE … SET, which a template does not hand on.
  private static func copySettings(of original: String, to copy: String) -> String {
    """
    INSERT INTO pg_db_role_setting
    SELECT made.oid, setrole, setconfig
    FROM pg_db_role_setting JOIN pg_database AS source ON source.oid = setdatabase, pg_database AS made
    WHERE source.datname = '\(original)' AND made.datname = '\(copy)';
    """
  }
}
