extension AdmissionError {
  /// What the grammar's complaint about `text` means.
  init(_ error: GrammarError, in text: String) {
    let characters = Array(text.unicodeScalars)
    let offset = error.cursor.map { min($0 - 1, characters.count) }
    // Inside a string the grammar complains of a backslash in other words.
    if let offset, offset < characters.count, error.message.hasPrefix("syntax error at or near \"\\") {
      let command = characters[offset...].prefix { $0 != " " && $0 != "\n" && $0 != "\r" && $0 != "\t" }
      self = .psqlCommand(Self.string(command.prefix(SyntaxProblem.excerptReach)))
    } else if error.message.hasPrefix("memory exhausted") {
      self = .tooDeep
    } else {
      self = .syntax(SyntaxProblem(message: error.message, offset: offset, in: characters))
    }
  }

  fileprivate static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

extension SyntaxProblem {
  /// How much of a long line is shown on either side of the error.
  fileprivate static let excerptReach = 60

  /// PostgreSQL repeats the rest of the text from an unterminated quote on: the first line says enough.
  private static func shortened(_ message: String) -> String {
    let line = message.prefix { !$0.isNewline }.prefix(2 * excerptReach)
    return line.count == message.count ? message : line + "…\""
  }

  /// `:name`, `%s` and `%(name)s` are where the error is; `?` is an operator that lacks what follows it, and
  /// the error behind it. A `?` in a comment is none.
  private static func isPlaceholder(
    before: ArraySlice<Unicode.Scalar>, _ rest: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    let next = rest.dropFirst().first
    switch rest.first {
    case ":" where next.map { $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0) } ?? false:
      return true
    case "%" where next == "s" || next == "(": return true
    default: break
    }
    guard let last = before.lastIndex(where: { !$0.properties.isWhitespace }), before[last] == "?" else {
      return false
    }
    let line = before[..<last].reversed().prefix { $0 != "\n" }
    return !zip(line, line.dropFirst()).contains { $0 == "-" && $1 == "-" }
  }

  /// `offset` counts characters from 0, as PostgreSQL's cursor does from 1.
  fileprivate init(message: String, offset: Int?, in text: [Unicode.Scalar]) {
    self.message = Self.shortened(message)
    guard let offset else {
      (line, column, excerpt, caret, isAtPlaceholder) = (nil, nil, "", "", false)
      return
    }
    isAtPlaceholder =
      message.hasPrefix("syntax error") && Self.isPlaceholder(before: text[..<offset], text[offset...])
    let before = text[..<offset]
    let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let lineEnd = text[offset...].firstIndex { $0 == "\n" || $0 == "\r" } ?? text.count
    line = before.count { $0 == "\n" } + 1
    column = offset - lineStart + 1
    let first = max(lineStart, offset - Self.excerptReach)
    excerpt = AdmissionError.string(
      text[first..<max(offset, min(lineEnd, offset + Self.excerptReach))])
    // Tabs stay, so that the caret stands where the terminal puts the error.
    caret = AdmissionError.string(text[first..<offset].map { $0 == "\t" ? "\t" : " " }) + "^"
  }
}
