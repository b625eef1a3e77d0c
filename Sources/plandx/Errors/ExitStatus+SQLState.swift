import Postgres

// What the shell is told, by SQLSTATE as the manual page lists them.

extension ExitStatus {
  /// The status for an error of a statement.
  init(_ state: SQLState) {
    if state.isPermissionDenied {
      self = .permissionDenied
    } else if state.isUnavailable {
      self = .unreachable
    } else {
      self = state.isTransient ? .tryAgain : .unusableInput
    }
  }

  /// The status for a connection that did not come about.
  init(_ failure: ConnectionFailure) {
    // Here class 08 is a pooler's: it has no server to give. Nothing was wrong with a statement either.
    if let state = failure.sqlState, !state.isConnectionException {
      let status = ExitStatus(state)
      self = status == .unusableInput ? .unreachable : status
    } else {
      self.init(failure.reason)
    }
  }

  private init(_ reason: ConnectionFailure.Reason) {
    switch reason {
    case .invalidSettings: self = .usage
    case .unreachable, .timedOut, .refused: self = .unreachable
    case .passwordNeeded: self = .permissionDenied
    }
  }
}
