/// Which server answered, as the report's header names it. Never a password, a token or a conninfo.
public struct ServerIdentity: Sendable, Equatable, Codable {
  /// `version()`, first words: `PostgreSQL 15.18 (Debian …)`.
  public var version: String
  /// `server_version_num`: 150018.
  public var versionNumber: Int
  /// Database name.
  public var database: String
  /// Current role.
  public var role: String
  /// Which engine it is.
  public var engine: EngineProfile.Engine
  /// `pg_is_in_recovery()`: a hot standby.
  public var isInRecovery: Bool
  /// `row_security` is on and binds this role.
  public var rowSecurity: Bool
  /// A connection pooler stands before the server, and each transaction may get another session.
  public var isPooled = false
  /// A statement can be stopped by closing the connection alone: libpq before 17 sends its cancel request
  /// unencrypted, where the server takes nothing but TLS.
  public var cancelsByClosing = false

  /// A server's identity.
  public init(
    version: String, versionNumber: Int, database: String, role: String,
    engine: EngineProfile.Engine, isInRecovery: Bool = false, rowSecurity: Bool = false
  ) {
    self.version = version
    self.versionNumber = versionNumber
    self.database = database
    self.role = role
    self.engine = engine
    self.isInRecovery = isInRecovery
    self.rowSecurity = rowSecurity
  }
}
