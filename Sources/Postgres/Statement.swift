/// One SQL statement with the values of its parameters.
public struct Statement: Sendable, Equatable, ExpressibleByStringLiteral {
  /// The statement's text; `$1` and so on stand for the parameters.
  public var sql: String
  /// Values in PostgreSQL's text format; `nil` for NULL.
  public var parameters: [String?]
  /// OIDs of the parameters' types, in their order; 0, or the end of the list, leaves a type to the server.
  public var types: [UInt32]
  /// Places, from 0, of parameters whose values may be secrets: no log and no list shows them.
  public var concealed: Set<Int> = []

  /// A statement and its parameters.
  public init(_ sql: String, parameters: [String?] = [], types: [UInt32] = []) {
    self.sql = sql
    self.parameters = parameters
    self.types = types
  }

  /// A statement without parameters.
  public init(stringLiteral sql: String) { self.init(sql) }

  /// One line, the parameters behind it as the server's own log has them:
  /// `SELECT $1 -- $1 = '41', $2 = NULL`.
  public var description: String {
    guard !parameters.isEmpty else { return Self.line(sql) }
    return "\(Self.line(sql)) -- \(parameterList)"
  }

  /// `$1 = '41', $2 = NULL`, on one line.
  public var parameterList: String {
    parameters.indices.map { "$\($0 + 1) = \(shown($0))" }.joined(separator: ", ")
  }

  private func shown(_ place: Int) -> String {
    concealed.contains(place)
      ? TransactionSettings.Setting.concealedValue : parameters[place].map(Self.quoted) ?? "NULL"
  }

  var containsNUL: Bool {
    sql.utf8.contains(0) || parameters.contains { $0?.utf8.contains(0) ?? false }
  }

  private static func quoted(_ value: String) -> String {
    "'\(visible(value.replacing("'", with: "''")))'"
  }

  /// Line ends as blanks; as `\n` where a line comment would hide what follows it.
  private static func line(_ sql: String) -> String {
    if sql.contains("--") { return visible(sql) }
    return visible(
      sql.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " "))
  }

  /// A log's reader counts its lines.
  private static func visible(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      default: String(scalar)
      }
    }.joined()
  }
}

/// How long a statement took, as far as this side of the connection knows.
public enum StatementTime: Sendable, Equatable {
  /// From sending it to the end of its answer.
  case own(Duration)
  /// It was sent together with others, of which the last has the time of all.
  case inBatch
  /// The last of several that were sent together: from sending the first to the end of the last answer.
  case batch(Duration)
}

/// Takes every statement that was sent, with its parameters, when its answer is there or has failed, with the time it took.
///
/// Called on the session's thread: what it does delays the session.
public typealias StatementLog = @Sendable (_ sql: String, _ time: StatementTime) -> Void
