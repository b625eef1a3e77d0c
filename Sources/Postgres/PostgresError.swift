/// Why the server did not answer a statement.
public enum PostgresError: Error, Sendable, Equatable {
  /// There is no connection.
  case connection(ConnectionFailure)
  /// The server reported an error; the session goes on.
  case server(ServerError)
  /// The server ended the session, with these last words.
  case terminated(ServerError)
  /// This program's own time limit struck; the statement was cancelled, and the session goes on.
  case timedOut
  /// This program's own time limit struck, and the connection was closed: the server did not obey a cancel
  /// request, or cannot be sent one.
  case unresponsive
  /// The user or the program cancelled.
  case cancelled
  /// The connection was lost, or had been closed before; libpq's words where it has any.
  case closedUnexpectedly(String)
  /// A statement or a parameter has a NUL character, at which the protocol would cut it off.
  case containsNUL
  /// The answer is not rows: a COPY.
  case notAQuery
  /// A transaction was begun on a session that is in one.
  case transactionInProgress

  /// The server's error code, from a statement or from the attempt to connect.
  public var sqlState: SQLState? {
    switch self {
    case .server(let error), .terminated(let error): error.sqlState
    case .connection(let failure): failure.sqlState
    default: nil
    }
  }
}

/// Why no connection came about; nothing in it holds a password, a token or a connection string.
public struct ConnectionFailure: Sendable, Equatable {
  /// What kind of failure, where no SQLSTATE tells.
  public enum Reason: Sendable, Equatable {
    /// The connection string or a variable could not be understood.
    case invalidSettings
    /// No server answered, or the network or TLS stood in the way.
    case unreachable
    /// The time for connecting was over.
    case timedOut
    /// The server wants a password and none was found.
    case passwordNeeded
    /// The server refused; see the SQLSTATE.
    case refused
  }

  /// What kind of failure.
  public var reason: Reason
  /// The server's code; `nil` when the failure is not the server's.
  public var sqlState: SQLState?
  /// libpq's or the server's words, without what could be secret.
  public var message: String
  /// The role to log in as; `nil` when the settings did not tell.
  public var role: String?

  /// A failure as it is known.
  public init(reason: Reason, sqlState: SQLState? = nil, message: String, role: String? = nil) {
    self.reason = reason
    self.sqlState = sqlState
    self.message = message
    self.role = role
  }
}

extension PostgresError {
  /// The transaction gave way to another or to a standby's recovery, and its session is still there.
  public var isWorthRepeating: Bool {
    if case .server(let error) = self { error.sqlState.isConflict } else { false }
  }

  /// A lock was not to be had in time, and the session is still there.
  var isAboutLock: Bool {
    if case .server(let error) = self { error.sqlState == .lockNotAvailable } else { false }
  }

  /// One statement failed, and the session is still there.
  public var isOfStatement: Bool {
    switch self {
    case .server, .timedOut: true
    default: false
    }
  }
}
