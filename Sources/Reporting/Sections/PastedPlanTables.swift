import Diagnosis
import PlanModel

/// The tables of what differs between a pasted and a captured plan; each figure stands under its source.
struct PastedPlanTables {
  typealias Table = PastedPlanView.Table

  private let comparison: PlanComparison
  private let conditions: ConditionComparison

  init(_ comparison: PlanComparison, _ conditions: ConditionComparison) {
    self.comparison = comparison
    self.conditions = conditions
  }

  /// Those that have rows.
  var all: [Table] { [totals, operations, figures, tested, settings].compactMap { $0 } }

  /// Rows of a table, or of one kind of figure in it; the rest is counted.
  private static let mostRows = 10
  private static let mostOfAFigure = 5
  /// A smaller change of a count is counted only.
  static let leastFactor = 1.1
  /// A smaller part of the longer run is counted only.
  static let leastShare = 0.01

  // MARK: Whole plans

  private var totals: Table? {
    let hasTimes = comparison.totals.contains { $0.figure == .executionTime }
    let shown = comparison.totals.filter { change in
      let isNothing = change.before == 0 && change.after == 0
      return !isNothing && (change.figure != .topDuration || !hasTimes)
    }
    return Table(
      ["Whole plan", "Pasted", "Captured", "Change"],
      shown.map { change in
        let cell = { (value: Double?) in value.map(change.figure.text) ?? "" }
        return [change.figure.name, cell(change.before), cell(change.after), Self.words(change)]
      })
  }

  // MARK: Nodes

  private var operations: Table? {
    let (before, after) = (comparison.before, comparison.after)
    let changed = comparison.changedNodes.map {
      [Markdown.code(before.nodes[$0.before].label), Markdown.code(after.nodes[$0.after].label)]
    }
    let gone = labels(comparison.onlyBefore, of: before).map { [$0, "none"] }
    let new = labels(comparison.onlyAfter, of: after).map { ["none", $0] }
    let rows = changed + gone + new
    return Table(
      ["Node, pasted", "Node, captured"], Array(rows.prefix(Self.mostRows)),
      note: Self.unlisted(rows.count - Self.mostRows))
  }

  private func labels(_ nodes: [Int], of plan: ExplainedPlan) -> [String] {
    nodes.map { plan.nodes[$0] }.filter { $0.type.name != "Hash" && !$0.type.isStorageNode }
      .map { Markdown.code($0.label) }
  }

  private var figures: Table? {
    let shown = FigureChange.Figure.allCases.flatMap { figure in
      comparison.changes.filter { $0.figure == figure && isWorthARow($0) }
        .sorted(by: Self.isLarger).prefix(Self.mostOfAFigure)
    }
    let legend =
      "Estimated rows are for one loop; actual rows, own times and pages are for all loops and processes together. Below a Gather own times are divided by the number of processes. Pages are those of scans."
    let rest = Self.unlisted(comparison.changes.count - shown.count)
    return Table(
      ["Figure of a node", "Node", "Pasted", "Captured", "Change"],
      shown.map(row), note: Markdown.paragraph([legend, rest].compactMap { $0 }))
  }

  private func isWorthARow(_ change: FigureChange) -> Bool {
    if change.figure == .ownTime {
      let longest = comparison.totals.first { $0.figure == .topDuration }
      return (change.distance ?? 0) >= Self.leastShare * max(longest?.before ?? 0, longest?.after ?? 0)
    }
    return change.factor.map { $0 >= Self.leastFactor } ?? true
  }

  private static func isLarger(_ first: FigureChange, _ second: FigureChange) -> Bool {
    let weight = { (change: FigureChange) in
      change.figure == .ownTime ? change.distance ?? 0 : change.factor ?? .infinity
    }
    return weight(first) > weight(second)
  }

  private func row(_ change: FigureChange) -> [String] {
    let cell = { (value: Double?) in value.map(change.figure.text) ?? "never executed" }
    return [
      change.figure.name, change.nodes.map(name) ?? "", cell(change.before), cell(change.after),
      Self.words(change),
    ]
  }

  /// Both names where the work is done in another way.
  private func name(of pair: PlanComparison.Pair) -> String {
    let (own, other) = (comparison.before.nodes[pair.before], comparison.after.nodes[pair.after])
    let label = Markdown.code(other.label)
    return comparison.changedNodes.contains(pair) ? "\(Markdown.code(own.label)), now \(label)" : label
  }

  private static func words(_ change: FigureChange) -> String {
    guard let before = change.before, let after = change.after else { return "not comparable" }
    if before == after { return "same" }
    let direction = after > before ? "more" : "less"
    guard let factor = change.factor else { return direction }
    if factor >= 2 { return "\(Figure.ratio(factor)) \(direction)" }
    return "\(Figure.percent(after > before ? factor - 1 : 1 - 1 / factor)) \(direction)"
  }

  private static func unlisted(_ count: Int) -> String? {
    switch count {
    case ...0: nil
    case 1: "1 more difference is left out, which is smaller or stands further down."
    default: "\(count) more differences are left out, which are smaller or stand further down."
    }
  }

  // MARK: Conditions and settings

  private var tested: Table? {
    Table(
      ["Other conditions on", "Pasted", "Captured"],
      conditions.changes.prefix(Self.mostRows).map { change in
        let cell = { (texts: [String]) in
          texts.isEmpty ? "none" : texts.map(Markdown.code).joined(separator: ", ")
        }
        return [
          comparison.after.nodes[change.nodes.after].relation.map { Markdown.code($0.qualifiedLabel) } ?? "",
          cell(change.before), cell(change.after),
        ]
      }, note: Self.unlisted(conditions.changes.count - Self.mostRows))
  }

  private var settings: Table? {
    Table(
      ["Setting", "Pasted", "Captured"],
      comparison.settings.map { setting in
        let cell = { (value: String?) in value.map(Markdown.code) ?? "built-in default" }
        return [Markdown.code(setting.name), cell(setting.before), cell(setting.after)]
      })
  }
}

extension FigureChange.Figure {
  /// As the report calls it.
  fileprivate var name: String {
    switch self {
    case .planningTime: "Planning Time"
    case .executionTime: "Execution Time"
    case .topDuration: "Time of the topmost node"
    case .totalCost: "Total cost"
    case .estimatedRows: "Estimated rows"
    case .actualRows: "Actual rows"
    case .ownTime: "Own time"
    case .sharedHit: "Pages found in shared buffers"
    case .sharedRead: "Pages read"
    case .temporary: "Pages of temporary files"
    case .ioTime: "I/O Timings"
    case .jit: "JIT"
    case .workersLaunched: "Workers launched"
    case .dpu: "DPU (Total)"
    }
  }

  fileprivate func text(_ value: Double) -> String {
    switch self {
    case .planningTime, .executionTime, .topDuration, .ioTime, .jit: Figure.exactMilliseconds(value)
    case .ownTime: Figure.milliseconds(value)
    case .totalCost: Figure.fixed(value, digits: 2)
    case .dpu: Figure.dpu(value)
    default: Figure.count(value)
    }
  }
}
