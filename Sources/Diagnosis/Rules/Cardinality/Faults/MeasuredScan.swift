import Catalog
import PlanModel

/// Rows of a scanned table and of the scan's matches, as far as they were counted or the scan itself shows them.
struct MeasuredScan {
  /// Rows of the table.
  let tableRows: Double?
  /// Rows for which all of the scan's conditions hold, per execution.
  let matching: Double?

  init(_ node: Int, in query: DiagnosticCase) {
    let isComplete = query.comparability[node] == .comparable
    let figures = query.plan.nodes[node].actual.figures
    let runs = max(
      1, (figures?.loops ?? 1) / (query.plan.nodes[node].type.isParallelAware ? query.processes(of: node) : 1)
    )
    let returned = figures.map { $0.totalRows / runs }
    let seen =
      query.isFullRead(node) && isComplete
      ? returned.map { $0 + query.totalRowsRemoved(by: node) / runs } : nil
    tableRows = query.relation(of: node)?.rowCount?.value ?? seen
    matching = query.countedRows(of: node) ?? (isComplete ? returned : nil)
  }

  /// The share of the table's rows that matched; `nil` where one of both is not known.
  var share: Double? {
    guard let tableRows, tableRows > 0 else { return nil }
    return matching.map { $0 / tableRows }
  }
}
