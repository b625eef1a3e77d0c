import Catalog

/// Finds out which engine and which server a session talks to.
public enum EngineProbe {
  /// Whether a host is an Aurora DSQL endpoint, by the pattern
  /// `^[^.]+\.dsql[^.]*\.([a-z0-9-]+)\.on\.aws$`.
  public static func isAuroraDSQL(host: String) -> Bool {
    let labels = host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count == 5, !labels[0].isEmpty, labels[1].hasPrefix("dsql") else { return false }
    return !labels[2].isEmpty && labels[2].allSatisfy(isRegionCharacter) && labels[3...] == ["on", "aws"]
  }

  private static func isRegionCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-")
  }

  /// All names belong to `pg_catalog` in so many words: the role's own search path may lead elsewhere first.
  ///
  /// Independent questions: an engine that lacks what one of them needs still answers the others.
  static let questions: [Statement] = [
    "SELECT pg_catalog.version(), pg_catalog.current_database(), current_user",
    """
    SELECT EXISTS (
      SELECT FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
      WHERE n.nspname OPERATOR(pg_catalog.=) 'sys' AND c.relname OPERATOR(pg_catalog.=) 'jobs') AS has_jobs
    """,
    "SELECT pg_catalog.pg_is_in_recovery() AS in_recovery",
    """
    SELECT pg_catalog.current_setting('row_security') OPERATOR(pg_catalog.=) 'on'
      AND NOT (r.rolsuper OR r.rolbypassrls) AS row_security
    FROM pg_catalog.pg_roles r WHERE r.rolname OPERATOR(pg_catalog.=) current_user
    """,
  ]

  /// Each question in a read-only transaction of its own.
  public static let statements: [Statement] = questions.flatMap { question -> [Statement] in
    ["BEGIN TRANSACTION READ ONLY", question, "ROLLBACK"]
  }

  /// Sets the limits of a session that this program has to itself; answers no row where the backend is not
  /// the one that was promised at the connection, since a pooler lends it to others too.
  ///
  /// A transaction's own limits end with its first error, but a backend may be left behind after that. One
  /// that waits for the rest of a request has none of them: there TCP has to find out that the network is gone.
  ///
  /// Nothing but the settings outlives its COMMIT.
  public static func limits(backend: String) -> [Statement] {
    let setting = Statement(
      """
      SELECT pg_catalog.set_config(l.name, l.value, false)
      FROM (VALUES ('idle_in_transaction_session_timeout', '10s'), ('idle_session_timeout', '30s'),
        ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')) l(name, value)
      WHERE pg_catalog.current_setting(l.name, true) IS NOT NULL
        AND pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) $1::int
      """, parameters: [backend])
    return ["BEGIN TRANSACTION READ ONLY", setting, "COMMIT"]
  }

  /// Aurora DSQL says `PostgreSQL 16` and no more. A PostgreSQL names its compiler, and anybody who may create
  /// a schema there can make a table `sys.jobs`.
  private static func isBuilt(_ names: Rows) -> Bool {
    names.first?["version"]?.contains("compiled by") ?? false
  }

  /// The identity that the answers give; the first answer is the only one that must be there.
  static func identity(
    names: Rows, flags: [Result<Rows, ServerError>], limits: Result<Rows, ServerError>, host: String,
    versionNumber: Int
  ) -> ServerIdentity {
    let flags = flags.map { (try? $0.get())?.first?[0] == "t" }
    var identity = ServerIdentity(
      version: names.first?["version"] ?? "", versionNumber: versionNumber,
      database: names.first?["current_database"] ?? "", role: names.first?["current_user"] ?? "",
      engine: flags[0] && !isBuilt(names) || isAuroraDSQL(host: host) ? .dsql : .postgres,
      isInRecovery: flags[1], rowSecurity: flags[2])
    identity.isPooled = (try? limits.get())?.isEmpty == true
    return identity
  }
}

extension Session {
  /// Asks, in one round trip, which server this is, and limits how long it keeps a session that lies idle.
  public func identify() async throws(PostgresError) -> ServerIdentity {
    let limits = EngineProbe.limits(backend: String(try backendPID))
    let results = try await queryEach(limits + EngineProbe.statements, timeout: .seconds(10))
    let answers = results.enumerated().filter { $0.offset % 3 == 1 }.map(\.element)
    switch answers[1] {
    case .failure(let error): throw .server(error)
    case .success(let names):
      var identity = EngineProbe.identity(
        names: names, flags: Array(answers.dropFirst(2)), limits: answers[0], host: try host,
        versionNumber: try serverVersionNumber)
      identity.cancelsByClosing = try openConnection().cancelsByClosing
      return identity
    }
  }
}
