/// An error that the server reported for a statement, in its own words.
public struct ServerError: Error, Sendable, Equatable {
  /// `ERROR`, `FATAL` or `PANIC`, never translated.
  public var severity: String
  /// The error's code.
  public var sqlState: SQLState
  /// The primary message.
  public var message: String
  /// More about the cause; `nil` when the server gave none.
  public var detail: String?
  /// What to do, in the server's opinion; `nil` when it has none.
  public var hint: String?
  /// Where in the statement, in characters counted from 1; `nil` when the error has no place in it.
  public var position: Int?
  /// Where in `internalQuery`, in characters counted from 1.
  public var internalPosition: Int?
  /// A statement that the server itself made, such as a function's, when the error is in that.
  public var internalQuery: String?
  /// The functions and commands that were running, innermost first, one per line.
  public var context: String?
  /// The schema of the object that the error is about.
  public var schemaName: String?
  /// The table that the error is about.
  public var tableName: String?
  /// The column that the error is about.
  public var columnName: String?
  /// The constraint that was violated.
  public var constraintName: String?
  /// Which statement of a batch failed, counted from 0; `nil` for a statement sent alone.
  public var statementIndex: Int?

  /// An error with what every error has.
  public init(severity: String = "ERROR", sqlState: SQLState, message: String) {
    self.severity = severity
    self.sqlState = sqlState
    self.message = message
  }
  /// The server closes the connection after it: FATAL and PANIC.
  var endsSession: Bool { severity == "FATAL" || severity == "PANIC" }
}
