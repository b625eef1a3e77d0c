/// As whom, and under which settings, a plan was made: what may make it another than the application's.
public struct SessionContext: Sendable, Equatable, Codable {
  /// The role in force, and the one that logged in; `nil` where the server did not say.
  public var role: SessionRole?
  /// `search_path` as `SHOW` has it.
  public var searchPath: SessionSetting?
  /// `row_security` as `SHOW` has it; `nil` on an engine that has no row-level security.
  public var rowSecurity: SessionSetting?
  /// Settings that bear on plans and differ from the server's built-in defaults, by name; then what else
  /// the user set: a policy may read it.
  public var settings: [SessionSetting]
  /// Tables of the plan on which row-level security binds the role.
  public var secured: [SecuredTable]
  /// What the server did not say, and why.
  public var gaps: [EvidenceGap]

  /// What is known of a session; nothing where nobody asked.
  public init(
    role: SessionRole? = nil, searchPath: SessionSetting? = nil, rowSecurity: SessionSetting? = nil,
    settings: [SessionSetting] = [], secured: [SecuredTable] = [], gaps: [EvidenceGap] = []
  ) {
    self.role = role
    self.searchPath = searchPath
    self.rowSecurity = rowSecurity
    self.settings = settings
    self.secured = secured
    self.gaps = gaps
  }
}

/// Who a session acts as.
public struct SessionRole: Sendable, Equatable, Codable {
  /// `current_user`
  public var current: String
  /// `session_user`
  public var login: String

  /// A role in force and the one that logged in.
  public init(current: String, login: String) {
    self.current = current
    self.login = login
  }
}

/// A setting, and where its value comes from.
public struct SessionSetting: Sendable, Equatable, Codable {
  /// PostgreSQL's name.
  public var name: String
  /// With its unit, as `SHOW` has it: `64MB`.
  public var value: String
  /// `pg_settings.source` (`configuration file`, `database`, `user`, …), or the option of this program that
  /// set it.
  public var source: String

  /// A setting as it is in force.
  public init(name: String, value: String, source: String) {
    self.name = name
    self.value = value
    self.source = source
  }
}

/// A table on which row-level security binds the role.
public struct SecuredTable: Sendable, Equatable, Codable {
  /// The table.
  public var name: QualifiedName
  /// The policies that choose the rows which the role may read, by name. Without any it reads none.
  public var policies: [String]
  /// What binds an UPDATE or DELETE of this table; `nil` where the statement only reads it.
  public var writing: WritingPolicies?

  /// A table and its policies.
  public init(name: QualifiedName, policies: [String], writing: WritingPolicies? = nil) {
    self.name = name
    self.policies = policies
    self.writing = writing
  }

  /// Whether the statement changes other rows than a SELECT finds: where all policies are FOR ALL, it does not.
  public var choosesOtherRowsToWrite: Bool { writing.map { $0.policies != policies } ?? false }
}

/// The policies that choose the rows which an UPDATE or DELETE may change.
public struct WritingPolicies: Sendable, Equatable, Codable {
  /// `UPDATE` or `DELETE`.
  public var command: String
  /// Those for the command and for ALL, by name.
  public var policies: [String]
  /// One of them is permissive: without such a policy the statement changes no row.
  public var permitsAny: Bool

  /// The policies for a command.
  public init(command: String, policies: [String], permitsAny: Bool) {
    self.command = command
    self.policies = policies
    self.permitsAny = permitsAny
  }
}
