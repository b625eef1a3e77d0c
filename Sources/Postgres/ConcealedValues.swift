/// Takes out of the server's errors what it quotes of values that may be secrets.
///
/// A cast of `current_setting('app.token')` that fails prints the token; one of a JSON text prints a part of it.
struct ConcealedValues {
  /// In lower case, as names come back from the server.
  private var values: [[Unicode.Scalar]] = []

  /// What is shorter could be a word of any message.
  private static let shortestValue = 4
  /// Of a part of a value.
  private static let shortestPart = 8

  /// Notes the values of a statement that no log shows.
  mutating func note(_ statement: Statement) {
    for place in statement.concealed where statement.parameters.indices.contains(place) {
      let value = Self.scalars(statement.parameters[place] ?? "")
      if value.count >= Self.shortestValue, !values.contains(value) { values.append(value) }
    }
  }

  /// The error with every text of it hidden where it quotes a value.
  func hide(in error: ServerError) -> ServerError {
    guard !values.isEmpty else { return error }
    var hidden = error
    hidden.message = hide(in: error.message)
    hidden.detail = error.detail.map(hide)
    hidden.hint = error.hint.map(hide)
    hidden.internalQuery = error.internalQuery.map(hide)
    hidden.context = error.context.map(hide)
    hidden.schemaName = error.schemaName.map(hide)
    hidden.tableName = error.tableName.map(hide)
    hidden.columnName = error.columnName.map(hide)
    hidden.constraintName = error.constraintName.map(hide)
    return hidden
  }

  /// The text with ``TransactionSettings/Setting/concealedValue`` for each value and each long part of one.
  func hide(in text: String) -> String { values.reduce(text) { Self.hide($1, in: $0) } }

  private static func hide(_ value: [Unicode.Scalar], in text: String) -> String {
    let (original, lowered) = (Array(text.unicodeScalars), scalars(text))
    var result = String.UnicodeScalarView()
    var index = 0
    while index < lowered.count {
      let length = longestMatch(of: value, in: lowered, at: index)
      if length >= min(value.count, shortestPart) {
        result.append(contentsOf: TransactionSettings.Setting.concealedValue.unicodeScalars)
        index += length
      } else {
        result.append(original[index])
        index += 1
      }
    }
    return String(result)
  }

  /// How much of the text from a place on stands somewhere in the value.
  private static func longestMatch(
    of value: [Unicode.Scalar], in text: [Unicode.Scalar], at index: Int
  ) -> Int {
    var longest = 0
    for start in value.indices where value[start] == text[index] {
      let reach = min(value.count - start, text.count - index)
      longest = max(longest, (0..<reach).first { value[start + $0] != text[index + $0] } ?? reach)
    }
    return longest
  }

  /// One for each scalar of the text, so that places stay comparable.
  private static func scalars(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.map { scalar in
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      return lower.count == 1 ? lower.first ?? scalar : scalar
    }
  }
}

extension PostgresError {
  /// The same with values hidden in what the server said.
  func hiding(_ values: ConcealedValues) -> PostgresError {
    switch self {
    case .server(let error): .server(values.hide(in: error))
    case .terminated(let error): .terminated(values.hide(in: error))
    default: self
    }
  }
}
