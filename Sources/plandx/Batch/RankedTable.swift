import Diagnosis
import Statements

/// What statements cost together: a row for each fingerprint, the costliest first.
///
/// Memory is bounded: of more statements than it has room for, it forgets those that took least so far.
struct RankedTable {
  /// Statements that are kept at a time, at most twice as many for a moment.
  static let capacity = 10_000
  /// Characters that are kept of a shape and of a statement.
  fileprivate static let textLength = 160
  /// Shapes of one statement that are told from each other.
  fileprivate static let mostShapes = 9

  /// What is known of one statement.
  fileprivate struct Row {
    let number: Int
    let key: String
    var count = 0
    var total = 0.0
    var longest = -1.0
    var shapes: Set<UInt64> = []
    var shape = ""
    var statement: String?
    var worst: (rule: String, severity: Severity, share: Double)?
  }

  private let rowCount: Int
  private let capacity: Int
  private var rows: [String: Row] = [:]
  private var nextNumber = 0
  private var forgottenRows = 0
  private var forgottenPlans = 0

  /// A table that prints the first rows.
  init(rows rowCount: Int) { self.init(rows: rowCount, capacity: Self.capacity) }

  init(rows rowCount: Int, capacity: Int) {
    self.rowCount = rowCount
    self.capacity = max(capacity, rowCount)
  }

  /// Takes a plan in. One without its statement stands for all of its shape.
  mutating func take(_ plan: AnalyzedPlan) {
    let key = plan.fingerprint ?? plan.planIdentifier
    if rows[key] == nil {
      if rows.count >= 2 * capacity { forgetTheCheapest() }
      rows[key] = Row(number: nextNumber, key: key)
      nextNumber += 1
    }
    rows[key]?.take(plan)
  }

  private mutating func forgetTheCheapest() {
    let ordered = ranked
    for row in ordered.dropFirst(capacity) {
      rows[row.key] = nil
      forgottenPlans += row.count
    }
    forgottenRows += max(0, ordered.count - capacity)
  }

  /// By time, then by how often, then as they came: the same log gives the same table.
  private var ranked: [Row] {
    rows.values.sorted {
      if $0.total != $1.total { return $0.total > $1.total }
      return $0.count == $1.count ? $0.number < $1.number : $0.count > $1.count
    }
  }

  /// What the table does not hold; `nil` where it holds all.
  var overflowNote: String? {
    guard forgottenRows > 0 else { return nil }
    return """
      --top forgot \(Words.counted(Double(forgottenRows), "row")) that had the least time so far \
      (\(Words.counted(Double(forgottenPlans), "plan"))): counts and times of the others are lower bounds
      """
  }

  // MARK: Text

  /// The table.
  var text: String {
    let headings = [
      "rank", "count", "total ms", "mean ms", "max ms", "plans", "fingerprint", "worst finding", "shape",
      "query",
    ]
    let cells = ranked.prefix(rowCount).enumerated().map { $1.cells(rank: $0 + 1) }
    let widths = headings.indices.map { column in
      ([headings] + cells).map { $0[column].count }.max() ?? 0
    }
    return ([headings] + cells).map { Self.line($0, widths) }.joined()
  }

  /// Numbers to the right, words to the left.
  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).enumerated().map { column, cell in
      let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
      return column < 6 ? blanks + cell.0 : cell.0 + blanks
    }
    let line = padded.joined(separator: "  ")
    return line.prefix(upTo: line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex) + "\n"
  }
}

extension RankedTable.Row {
  fileprivate mutating func take(_ plan: AnalyzedPlan) {
    let time = plan.time ?? 0
    count += 1
    total += time
    if shapes.count < RankedTable.mostShapes { shapes.insert(plan.shapeHash.value) }
    if time > longest {
      longest = time
      shape = RankedTable.shortened(plan.shape)
      statement = plan.statement.map(RankedTable.shortened)
    }
    for finding in plan.findings where isWorse(finding) {
      worst = (finding.rule, finding.severity, finding.share)
    }
  }

  private func isWorse(_ finding: BatchFinding) -> Bool {
    guard let worst else { return true }
    let (new, old) = (finding.severity.rank, worst.severity.rank)
    return new == old ? finding.share > worst.share : new > old
  }

  fileprivate func cells(rank: Int) -> [String] {
    let plans = shapes.count < RankedTable.mostShapes ? "\(shapes.count)" : "\(shapes.count)+"
    let finding = worst.map { "\($0.severity.rawValue) \($0.rule)" } ?? ""
    return [
      "\(rank)", Words.count(Double(count)), Self.number(total), Self.number(total / Double(max(count, 1))),
      Self.number(longest), plans, key, finding, shape, statement ?? "",
    ]
  }

  /// Milliseconds without their unit, which the heading has.
  private static func number(_ value: Double) -> String { String(Words.milliseconds(value).dropLast(3)) }
}

extension RankedTable {
  /// The start of a text, in one line.
  fileprivate static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let cut = line.count > textLength ? line.prefix(textLength - 1) + "…" : line[...]
    return HiddenCharacters.name(String(cut))
  }
}
