import PlanModel

/// What the bytes of a plan in TEXT tell of a cut that its tree does not show.
struct CutText {
  private let text: Bytes
  private let plan: Range<Int>
  /// The last line, where nothing stands below the plan but half of a word.
  private let halfLine: TextLine?

  init(_ text: Bytes, _ plan: Range<Int>) {
    self.text = text
    self.plan = plan
    halfLine = Self.halfLine(text, from: plan.upperBound)
  }

  /// Where the plan stops.
  var end: Int { halfLine?.content.upperBound ?? plan.upperBound }

  /// Whether something that was begun, or that a condition names, is missing.
  func isCut(_ plan: ExplainedPlan) -> Bool {
    guard plan.executionTime == nil else { return false }
    return halfLine != nil || isAtEnd && hasHalfFigures(plan) || lacksSubplan
  }

  // MARK: The last line

  private var isAtEnd: Bool { LineCursor(text, from: plan.upperBound).peek() == nil }

  /// `Execution Ti`.
  private static func halfLine(_ text: Bytes, from end: Int) -> TextLine? {
    guard end < text.count, let line = LineCursor(text, from: end).peek(),
      text.offset(of: 0x0A, from: line.content.upperBound).map({ LineCursor(text, from: $0).peek() == nil })
        ?? true
    else { return nil }
    let half = text.slice(line.content).text
    return lastKeys.contains { $0.hasPrefix(half) } ? line : nil
  }

  private static let lastKeys = [
    "Settings:", "Planning Time:", "Execution Time:", "Query Identifier:", "JIT:", "Trigger ",
    "Statement DPU Estimate:", "Buffers:", "I/O Timings:", "Functions:", "Options:", "Timing:", "Memory:",
    "Compute:", "Read:", "Write:", "Multi-Region Write:", "Total:",
  ]

  /// Figures of a known kind that could not be read are kept as they stand.
  private func hasHalfFigures(_ plan: ExplainedPlan) -> Bool {
    let last = plan.otherTrailers.last.map { !$0.key.name.contains(": ") || $0.isFigures } == true
    return last || plan.nodes.last?.properties.last.map { $0.isFigures || $0.value.hasSuffix(",") } == true
  }

  // MARK: Sub-plans

  /// Whether a condition names a sub-plan that stands nowhere: it is printed below the node's children.
  private var lacksSubplan: Bool {
    let text = text.slice(plan)
    var named: Set<String> = []
    var printed: Set<String> = []
    var next = text.offset(of: "SubPlan ")
    while let at = next {
      let name = text.from(at + 8)
      let number = name.slice(0..<(name.firstIndex { !$0.isDigit } ?? name.count)).text
      if text.slice(0..<at).hasSuffix("GROUPING((") {
        // It names a sub-plan that nothing runs.
      } else if text.slice(0..<at).hasSuffix("(") || text.slice(0..<at).hasSuffix("(hashed ") {
        named.insert(number)
      } else {
        printed.insert(number)
      }
      next = text.offset(of: "SubPlan ", from: at + 8)
    }
    return !named.subtracting(printed).isEmpty
  }
}

extension PlanProperty {
  fileprivate var isFigures: Bool {
    let name = key.name.split(separator: ":").last.map { $0.drop { $0 == " " } } ?? ""
    return switch PropertyKind(key: String(name)) {
    case .buffers, .ioTimings, .sort, .hash, .cache: true
    case .verbatim, .expression, .joinType, .jit: false
    }
  }
}
