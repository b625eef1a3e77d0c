import Foundation
import ThrowawayServer

/// A server that wants a password from the roles of this file, and logs every statement.
struct GuardedServer {
  let server: ThrowawayServer

  /// Stands in every secret that the tests hand over, whatever is around it.
  static let canary = "Kanarienvogel42"

  /// Roles with their passwords.
  static let passwords: [(role: String, password: String)] = [
    ("plain", canary),
    ("special", "\(canary) @:/?#%41'\"\\$`é"),
    ("lines", "\(canary)\nzweite Zeile"),
    // As long as a token of a cloud's identity service.
    ("token", canary + String(repeating: "X-Amz-Signature=0af3&", count: 80)),
    ("short", "a"),
  ]

  static let made = Task {
    let server = try await ThrowawayServer.start()
    for (role, password) in passwords {
      try await server.run(
        sql: "CREATE ROLE \(role) LOGIN PASSWORD '\(password.replacing("'", with: "''"))'")
    }
    try await server.run(
      sql: """
        CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL);
        INSERT INTO orders SELECT i, CASE WHEN i % 200 = 0 THEN 'open' ELSE 'done' END FROM generate_series(1, 20000) i;
        ANALYZE orders;
        GRANT SELECT ON orders TO PUBLIC;
        COPY (SELECT format('local all %s scram-sha-256', r) FROM unnest('{plain,special,lines,token,short}'::text[]) r
              UNION ALL SELECT 'local all all trust') TO '\(server.dataDirectory)/pg_hba.conf';
        ALTER SYSTEM SET log_statement = 'all';
        ALTER SYSTEM SET log_connections = on;
        SELECT pg_reload_conf();
        """)
    return GuardedServer(server: server)
  }

  static func password(of role: String) -> String {
    passwords.first { $0.role == role }?.password ?? ""
  }

  /// `-h … -p … -U … -d …` for a role.
  func options(_ role: String) -> [String] {
    ["-h", server.socketDirectory, "-p", "\(server.port)", "-U", role, "-d", "postgres"]
  }
}
