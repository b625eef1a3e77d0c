/// What EXPLAIN printed into the output of a psql or isolation test script.
struct PrintedPlan: Sendable {
  enum Format: Sendable { case text, json, xml, yaml }

  /// The output's path.
  var file: String
  /// Line of the first row in that file, from 1.
  var line: Int
  /// Header of the table: `QUERY PLAN`, or the name of a function that edits EXPLAIN's answer.
  var header: String
  /// The rows, each with a line feed.
  var text: String
  /// The table as psql printed it, from its header to its footer.
  var table: String

  var format: Format {
    let start = text.drop { $0 == " " || $0 == "\n" }
    if start.hasPrefix("<explain") { return .xml }
    if start.hasPrefix("- Plan:") { return .yaml }
    return start.first == "[" || start.first == "{" ? .json : .text
  }
}

/// Finds the tables in which psql printed plans.
///
/// A table is a header, a rule of dashes, rows, and a footer that counts the rows. psql begins each row with a
/// blank and marks a row that goes on with `+` behind its full width; the isolation tester pads rows and does
/// neither.
struct PsqlOutput {
  private let lines: [Substring]
  private let file: String

  /// The plans in `output`, in their order.
  static func plans(in output: String, file: String) -> [PrintedPlan] {
    PsqlOutput(lines: output.split(separator: "\n", omittingEmptySubsequences: false), file: file).plans
  }

  private init(lines: [Substring], file: String) {
    self.lines = lines
    self.file = file
  }

  private var plans: [PrintedPlan] {
    var plans: [PrintedPlan] = []
    var next = 1
    while next < lines.count {
      defer { next += 1 }
      guard isRule(lines[next]), let end = footer(behind: next) else { continue }
      guard let plan = plan(header: next - 1, footer: end) else { continue }
      plans.append(plan)
      next = end
    }
    return plans
  }

  /// One column: more of them have `+` in the rule.
  private func isRule(_ line: Substring) -> Bool {
    line.utf8.count > 2 && line.utf8.allSatisfy { $0 == UInt8(ascii: "-") }
  }

  /// The line `(n rows)`, if it comes before the next table and counts right.
  private func footer(behind rule: Int) -> Int? {
    var rows = 0
    for index in (rule + 1)..<lines.count {
      let line = lines[index]
      if line == "(\(rows) rows)" || line == "(1 row)" && rows == 1 { return index }
      if isRule(line) { return nil }
      rows += goesOn(line, rule: lines[rule]) ? 0 : 1
    }
    return nil
  }

  private func goesOn(_ line: Substring, rule: Substring) -> Bool {
    line.utf8.last == UInt8(ascii: "+") && line.count == rule.utf8.count
  }

  /// Whether a row below another header shows that a function printed a plan that it had edited.
  private func isOfPlan(_ row: String) -> Bool {
    row.contains("->  ") || row.contains("(cost=") || row.contains("(actual ") || row.hasPrefix("<explain ")
      || row.contains("Plan:")
  }

  private func plan(header: Int, footer: Int) -> PrintedPlan? {
    let name = lines[header].trimmed
    let isPsql = lines[header].first == " "
    let rows = lines[(header + 2)..<footer].map { line in
      let text = goesOn(line, rule: lines[header + 1]) ? line.dropLast() : line
      let cell = isPsql ? text.dropFirst() : text
      // Who cut figures out of a line may have left the blank before them.
      return String(isPsql && name == "QUERY PLAN" ? cell : cell.trimmedEnd)
    }
    let isPlan =
      name == "QUERY PLAN" || name.hasPrefix("explain") && rows.contains(where: isOfPlan)
      || rows.contains { $0.contains(#""Plan": {"#) }
    guard isPlan, !rows.isEmpty else { return nil }
    return PrintedPlan(
      file: file, line: header + 3, header: name, text: rows.map { $0 + "\n" }.joined(),
      table: lines[header...footer].map { $0 + "\n" }.joined())
  }
}

extension Substring {
  fileprivate var trimmedEnd: Substring {
    guard let last = lastIndex(where: { $0 != " " }) else { return self[startIndex..<startIndex] }
    return self[...last]
  }

  fileprivate var trimmed: String { String(trimmedEnd.drop { $0 == " " }) }
}
