import Catalog

/// One statement that may be run: a SELECT, made from an UPDATE or DELETE where that was given.
public struct AdmittedStatement: Sendable {
  /// The user's own statement, without the semicolon and what follows it.
  public let original: String
  /// The SELECT to run, on which every position that a server reports counts.
  public let sql: SQLFragment
  /// What the user gave.
  public let origin: StatementOrigin
  /// What an UPDATE or DELETE changes, with its schema where the catalog was asked; `nil` for others.
  public let target: QualifiedName?
  /// The columns that an UPDATE assigns, in the order of its SET list; empty for others.
  public let assignedColumns: [String]
  /// What the report must say about the difference between ``original`` and ``sql``.
  public let notes: [AdmissionNote]
  /// What ``sql`` reads, joins and filters.
  public let shape: StatementShape
  /// What ``original`` and ``sql`` call by name, for the admission of functions, which needs a catalog. Of
  /// ``sql`` these are the conversions to the types of columns; RETURNING, which it leaves out, is planned
  /// when the two are compared.
  public let calls: CalledNames
  /// The numbers of the parameters in ``sql``, ascending.
  public let parameters: [Int]
  /// The numbers of the parameters in ``original``, ascending: SET and RETURNING may hold others.
  public let originalParameters: [Int]
  /// The same for all statements that differ from ``original`` only in constants.
  public let fingerprint: String
  /// ``original`` with its constants replaced by `$n`.
  public let normalized: String

  /// The tree and tokens of ``sql``, for rewrites.
  let parsed: ParsedStatement

  /// ``original`` as SQL, to be explained without ANALYZE: it may be an UPDATE or DELETE.
  public var originalFragment: SQLFragment { SQLFragment(verbatim: original) }

  /// Whether parallel plans must be off: the original could not have had one.
  public var mustRunSerially: Bool {
    origin != .select || notes.contains { if case .lockingDropped = $0 { true } else { false } }
  }
}

/// What kind of statement the user gave.
public enum StatementOrigin: String, Sendable, Hashable {
  /// SELECT, VALUES, TABLE or WITH … SELECT.
  case select = "SELECT"
  /// An UPDATE, rewritten.
  case update = "UPDATE"
  /// A DELETE, rewritten.
  case delete = "DELETE"
}

/// Something that was left out or changed on the way to the SELECT that runs.
public enum AdmissionNote: Sendable, Hashable {
  /// Row locking clauses were left out, as written.
  case lockingDropped([String])
  /// The statement was rewritten.
  case rewritten(StatementOrigin, RewriteForm)
  /// RETURNING was left out.
  case returningDropped
  /// A CTE has the target's name, which therefore got its schema; without a catalog `public` is assumed.
  case targetQualified(QualifiedName, isKnown: Bool)
  /// SET … = DEFAULT was left out.
  case defaultsLeftOut
  /// UPDATE … FROM or DELETE … USING: a row that is matched more than once is changed once, but counted
  /// as often as it is matched.
  case rowsMayRepeat(StatementOrigin)
}

/// For which parameters values will be bound.
public enum ParameterValues: Sendable, Hashable {
  /// The statement will run with values for exactly these numbers.
  case given(Set<Int>)
  /// The statement will not run: parameters may stay open.
  case notNeeded
}
