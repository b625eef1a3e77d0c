import PlanModel

/// One row of an addendum's table.
struct AddendumMetric {
  var metric: String
  var before: String
  var after: String
  var improvement: String

  /// The six rows in the order that the report fixes.
  static func all(from before: PlanFigures, to plan: ExplainedPlan) -> [AddendumMetric] {
    let after = PlanFigures(plan)
    return [
      row("Total Query Cost", before.totalCost, after.totalCost) { Figure.fixed($0, digits: 2) },
      scan(before, plan),
      row("Estimated Rows Scanned", before.estimatedRowsScanned, after.estimatedRowsScanned, Figure.count),
      row("Execution Time", before.executionTime, after.executionTime, Figure.exactMilliseconds),
      row("DPU (Total)", before.totalDPU, after.totalDPU, Figure.dpu),
      result(before.rootRows, after.rootRows),
    ]
  }

  private static func row(
    _ name: String, _ before: Double?, _ after: Double?, _ text: (Double) -> String
  ) -> AddendumMetric {
    AddendumMetric(
      metric: name, before: before.map(text) ?? "not reported", after: after.map(text) ?? "not reported",
      improvement: improvement(before, after))
  }

  private static func improvement(_ before: Double?, _ after: Double?) -> String {
    guard let before, let after, before > 0 else { return "not comparable" }
    let change = (before - after) / before
    if change == 0 { return "unchanged" }
    return "\(Figure.percent(change.magnitude)) \(change > 0 ? "↓" : "↑")"
  }

  private static func scan(_ before: PlanFigures, _ plan: ExplainedPlan) -> AddendumMetric {
    let relation = before.mainRelation
    let old = before.mainScan.map { type in relation.map { "\(type) on \($0)" } ?? type }
    let scanned = relation.flatMap { PlanFigures.scanType(of: $0, in: plan) }
    let new = relation.map { name in scanned.map { "\($0) on \(name)" } ?? "\(name) is not scanned" }
    return AddendumMetric(
      metric: "Scan Type (main node)", before: cell(old), after: cell(new),
      improvement: old == nil || new == nil ? "not comparable" : old == new ? "unchanged" : "changed")
  }

  private static func cell(_ text: String?) -> String {
    text.map { Markdown.cell(Markdown.code($0)) } ?? "not known"
  }

  private static func result(_ before: Double?, _ after: Double?) -> AddendumMetric {
    let comparison =
      before == nil || after == nil
      ? "not comparable" : before == after ? "Unchanged: row count unchanged" : "Diff: row count changed"
    let rows = { (count: Double?) in count.map { Figure.count($0) + " rows" } ?? "not measured" }
    return AddendumMetric(
      metric: "Result Set", before: rows(before), after: rows(after), improvement: comparison)
  }
}
