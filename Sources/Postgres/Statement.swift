/// One SQL statement with the values of its parameters.
public struct Statement: Sendable, Equatable, ExpressibleByStringLiteral {
  /// The statement's text; `$1` and so on stand for the parameters.
  public var sql: String
  /// Values in PostgreSQL's text format; `nil` for NULL.
  public var parameters: [String?]

  /// A statement and its parameters.
  public init(_ sql: String, parameters: [String?] = []) {
    self.sql = sql
    self.parameters = parameters
  }

  /// A statement without parameters.
  public init(stringLiteral sql: String) { self.init(sql) }

  /// The text, with the parameters behind it as psql's `\bind` has them: `SELECT $1 \bind '41'`.
  var description: String {
    guard !parameters.isEmpty else { return sql }
    let values = parameters.map { $0.map { "'\($0)'" } ?? "NULL" }
    return "\(sql) \\bind \(values.joined(separator: " "))"
  }

  var containsNUL: Bool {
    sql.utf8.contains(0) || parameters.contains { $0?.utf8.contains(0) ?? false }
  }
}

/// Takes every statement that was sent, with its parameters, when its answer is there or has failed, with the time it took.
///
/// The statements of a batch are told one by one, each with the time of the whole batch. Called on the
/// session's thread: what it does delays the session.
public typealias StatementLog = @Sendable (_ sql: String, _ duration: Duration) -> Void
