/// Redaction of whole plans.
extension Redactor {
  /// A plan as EXPLAIN printed it, in any of its formats: names, costs, rows, times and settings stay,
  /// conditions and expressions lose their constants.
  ///
  /// What is not known to hold figures or names is treated as an expression: a line that a newer server
  /// prints may lose a figure, but no value gets out.
  public mutating func redact(planText: String) -> String {
    if let format = StructuredPlanFormat(planText) { return format.redact(planText, with: &self) }
    let lines = planText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var result: [String] = []
    var index = 0
    while index < lines.count {
      let line = PlanLine(lines[index])
      let end = line.value.isEmpty ? index + 1 : endOfValue(line.value, in: lines, from: index)
      let value = ([line.value] + lines[(index + 1)..<end]).joined(separator: "\n")
      result.append(line.head + redactExpression(value) + line.tail)
      index = end
    }
    return result.joined(separator: "\n")
  }

  /// One condition or expression of a plan.
  public mutating func redact(planExpression: String) -> String { redactExpression(planExpression) }

  /// A constant may hold line breaks, which EXPLAIN prints as they are: the line behind the one that it
  /// ends in.
  private func endOfValue(_ first: String, in lines: [String], from index: Int) -> Int {
    var value = first
    var next = index + 1
    while Self.scan(value) == nil {
      guard next < lines.count, next - index < Self.longestValue else { return index + 1 }
      value += "\n" + lines[next]
      next += 1
    }
    return next
  }

  /// Lines that one constant may take before it is given up as unreadable.
  private static let longestValue = 1_000
}

/// A line of a plan in TEXT format, with the part that may hold constants set apart.
struct PlanLine {
  /// What stays, before the value.
  let head: String
  /// What may hold constants; empty where nothing in the line may.
  let value: String
  /// What stays, behind the value.
  let tail: String

  init(_ line: String) {
    if Self.isHeading(line) || Self.isRowCount(line) {
      self.init(head: line)
    } else if let figures = Self.figures(of: line) {
      self.init(head: "", value: String(line[..<figures]), tail: String(line[figures...]))
    } else if let key = Self.key(of: line) {
      let isFigure = PlanKeys.holdFigures(String(line[key]))
      let value = line[key.upperBound...].dropFirst().drop { $0 == " " }
      self.init(
        head: isFigure ? line : String(line[..<value.startIndex]), value: isFigure ? "" : String(value))
    } else {
      self.init(head: "", value: line)
    }
  }

  private init(head: String, value: String = "", tail: String = "") {
    self.head = head
    self.value = value
    self.tail = tail
  }

  /// The words before the first colon, where there is nothing else before it.
  private static func key(of line: String) -> Range<String.Index>? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let start = line.firstIndex { $0 != " " && $0 != "\t" && $0 != "|" } ?? colon
    guard start < colon, line[start..<colon].allSatisfy({ $0.isLetter || $0.isNumber || " -/_".contains($0) })
    else { return nil }
    return start..<colon
  }

  /// Where `(cost=…)` or `(actual …)` starts that goes on to the end of the line.
  private static func figures(of line: String) -> String.Index? {
    let starts = ["(cost=", "(actual ", "(never executed)"].compactMap { line.firstRange(of: $0)?.lowerBound }
    guard let start = starts.min(), line.last == ")" else { return nil }
    let isFigures = line[start...].allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || " =.()".contains($0))
    }
    return isFigures ? start : nil
  }

  /// `InitPlan 1 (returns $0)` and the like: their numbers are names.
  private static func isHeading(_ line: String) -> Bool {
    let words = line.drop { $0 == " " || $0 == "|" }
    return ["InitPlan ", "SubPlan "].contains { words.hasPrefix($0) }
      && words.allSatisfy { $0.isLetter || $0.isNumber || " ()$,".contains($0) }
  }

  private static func isRowCount(_ line: String) -> Bool {
    line.hasPrefix("(") && (line.hasSuffix(" rows)") || line.hasSuffix(" row)"))
      && line.dropFirst().prefix { $0 != " " }.allSatisfy(\.isNumber)
  }
}

/// What the keys of EXPLAIN stand for.
enum PlanKeys {
  static func holdFigures(_ name: String) -> Bool {
    figures.contains(name) || prefixes.contains { name.hasPrefix($0) }
  }

  /// Names of things, in the formats that print them as values of their own.
  static func holdName(_ name: String) -> Bool { names.contains(name) }

  private static let prefixes = ["Worker ", "Rows Removed by ", "Trigger "]

  private static let figures: Set<String> = [
    "Async Capable", "Batches", "Buckets", "Buffers", "Cache Mode", "Compute", "Disabled", "Disk Usage",
    "Execution Time", "Full-sort Groups", "Functions", "Heap Blocks", "Heap Fetches", "Hits", "I/O Timings",
    "Index Searches", "Inner Unique", "JIT", "Join Type", "Limit", "Loops", "Memory", "Memory Usage",
    "Multi-Region Write", "Multi-region Write", "Options", "Parallel Aware", "Peak Memory Usage", "Planning",
    "Planning Time", "Pre-sorted Groups", "Query Identifier", "Read", "Rows Filtered", "Serialization",
    "Settings", "Single Copy", "Sort Method", "Sort Methods Used", "Sort Space Used",
    "Statement DPU Estimate",
    "Storage", "Subplans Removed", "Timing", "Total", "WAL", "Workers Launched", "Workers Planned", "Write",
  ]

  private static let names: Set<String> = [
    "Alias", "CTE Name", "Command", "Constraint Name", "Custom Plan Provider", "Function Name", "Index Name",
    "Node Type", "Operation", "Parent Relationship", "Partial Mode", "Relation", "Relation Name",
    "Scan Direction", "Schema", "Sort Space Type", "Strategy", "Subplan Name", "Table Function Name",
    "Trigger Name", "Tuplestore Name",
  ]
}
