/// A five-character error code of the SQL standard and of PostgreSQL (manual, appendix A).
public struct SQLState: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
  /// The code as the server sent it.
  public let rawValue: String

  /// A code as it is.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The code.
  public var description: String { rawValue }

  /// The first two characters, which name the kind of error.
  public var errorClass: Substring { rawValue.prefix(2) }

  /// The role may not do this, or may not log in: class 28 and 42501.
  public var isPermissionDenied: Bool { errorClass == "28" || self == .insufficientPrivilege }

  /// There is no such database: 3D000.
  public var isUnavailable: Bool { self == .invalidCatalogName }

  /// The same statement may succeed later: 53300, 55P03, class 57, 40001, 40P01 and 25P03; and class 08, with which
  /// a connection pooler gives up.
  public var isTransient: Bool {
    isIntervention || isConnectionException || isConflict || Self.transient.contains(self)
  }

  /// The statement itself is wrong, whoever runs it: features that are not there, values that do not fit their
  /// types, syntax and names, objects that are not of the kind. The manual's classes 0A, 21, 22 and 42, and 55000.
  public var isOfStatement: Bool {
    !isPermissionDenied && (["0A", "21", "22", "42"].contains(errorClass) || rawValue == "55000")
  }

  /// An operator's or the server's own intervention: class 57.
  public var isIntervention: Bool { errorClass == "57" }

  /// The connection is at fault, not what was sent through it: class 08. PgBouncer has 08P01 for nearly all.
  public var isConnectionException: Bool { errorClass == "08" }

  /// The transaction gave way to another or to recovery; the manual ("Serialization Failure Handling") says
  /// to run it again.
  var isConflict: Bool { self == .serializationFailure || self == .deadlockDetected }

  private static let transient: Set<SQLState> = [
    .tooManyConnections, .lockNotAvailable, .idleInTransactionTimeout,
  ]
}

extension SQLState {
  /// 57014: cancelled by a request or by `statement_timeout`.
  public static let queryCanceled = SQLState(rawValue: "57014")
  /// 42501: the role lacks a privilege.
  public static let insufficientPrivilege = SQLState(rawValue: "42501")
  /// 3D000: no such database.
  public static let invalidCatalogName = SQLState(rawValue: "3D000")
  /// 53300: `max_connections` reached.
  public static let tooManyConnections = SQLState(rawValue: "53300")
  /// 55P03: `lock_timeout` reached, or `NOWAIT`.
  public static let lockNotAvailable = SQLState(rawValue: "55P03")
  /// 40001: conflict with another transaction, or with recovery on a standby.
  public static let serializationFailure = SQLState(rawValue: "40001")
  /// 40P01: a deadlock, on a standby with recovery too.
  public static let deadlockDetected = SQLState(rawValue: "40P01")
  /// 25006: a write in a read-only transaction.
  public static let readOnlyTransaction = SQLState(rawValue: "25006")
  /// 25P03: the server ended a session whose transaction lay idle.
  public static let idleInTransactionTimeout = SQLState(rawValue: "25P03")
  /// 25P02: an earlier error ended the transaction.
  public static let inFailedTransaction = SQLState(rawValue: "25P02")
  /// 0A000: the engine does not do this.
  public static let featureNotSupported = SQLState(rawValue: "0A000")
}
