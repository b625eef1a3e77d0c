import JSONTree

/// Redacts YAML line by line. A value that goes on in further lines is replaced with them as a whole: its parts
/// cannot be told from SQL.
enum YAMLRedaction {
  static func redact(_ plan: String, with redactor: inout Redactor) -> String {
    /// Column of the latest key or item that has a value: what stands further right goes on with it.
    var column = Int.max
    return plan.split(separator: "\n", omittingEmptySubsequences: false).map { text -> String in
      let line = YAMLLine(text)
      if line.column > column, !text.allSatisfy(\.isWhitespace) {
        return text.prefix(line.column) + redactor.number(for: String(text))
      }
      column = line.value.isEmpty ? .max : line.column
      return line.head + redact(line, with: &redactor)
    }.joined(separator: "\n")
  }

  private static func redact(_ line: YAMLLine, with redactor: inout Redactor) -> String {
    let value = String(line.value)
    if PlanKeys.holdFigures(line.key) || PlanKeys.holdName(line.key) { return value }
    if value.isEmpty || Double(value) != nil || ["true", "false", "null"].contains(value) { return value }
    if "[{".contains(value.prefix(1)) { return JSONRedaction.redact(value, with: &redactor) }
    guard value.contains("\"") else { return redactor.redactExpression(value) }
    // In SQL these quotes hold names.
    guard let tree = try? JSONTree(value.utf8), tree.byteCount == value.utf8.count,
      let text = tree.root.string
    else { return redactor.number(for: value) }
    return JSONRedaction.quoted(redactor.redactExpression(text))
  }
}

/// `    - Key: value`, taken apart.
private struct YAMLLine {
  /// What stands before the value.
  let head: Substring
  /// Without quotes; empty where an item of a list has none.
  let key: String
  let value: Substring
  /// Where the key stands, or the item's dash.
  let column: Int

  init(_ line: Substring) {
    let words = line.drop { $0 == " " || $0 == "\t" || $0 == "-" }
    let colon = words.firstIndex(of: ":") ?? words.endIndex
    let name = words[..<colon].filter { $0 != "\"" && $0 != "'" }
    let isKey =
      colon < words.endIndex && name.allSatisfy { $0.isLetter || $0.isNumber || " -/_.".contains($0) }
      && (words[colon...].dropFirst().first.map { $0 == " " } ?? true)
    key = isKey ? name : ""
    value = isKey ? words[colon...].dropFirst().drop { $0 == " " } : words
    head = line[..<value.startIndex]
    let start = isKey ? words.startIndex : line.firstIndex { $0 != " " && $0 != "\t" } ?? line.endIndex
    column = line.distance(from: line.startIndex, to: start)
  }
}
