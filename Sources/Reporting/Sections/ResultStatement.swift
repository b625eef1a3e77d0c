import PlanModel

/// Whether impossible diagnostics leave the query's result as it is, and how that is known.
struct ResultStatement {
  var text: String

  /// What the figures are, whatever the result is.
  private static let potentialBug = "Such figures point to a potential reporting bug."

  init(_ report: DiagnosticReport) {
    let root = report.plan.root.actual.figures?.totalRows
    switch report.resultCount {
    case .notCounted:
      text =
        "That **query results are correct** is not confirmed here: only EXPLAIN's figures are affected in the known cases. \(Self.potentialBug)"
    case .counted(let rows) where rows == root:
      text =
        "The **query results are correct**: `count(*)` over the statement returned \(Figure.count(rows)), exactly the row count of the plan's root. Only EXPLAIN's figures are affected. \(Self.potentialBug)"
    case .counted(let rows):
      text =
        "That **query results are correct** is not confirmed: `count(*)` over the statement returned \(Figure.count(rows)), but the plan's root reports \(root.map(Figure.count) ?? "no row count"). Data that changed between the two runs would explain it; compare again before relying on either."
    }
  }
}
