import PlanModel
import SQLNames

/// Writes a node's own line: name, what it reads, estimate, execution.
struct NodeLineText {
  let dialect: TextDialect
  let style: LineStyle

  func line(of node: PlanNode) -> String {
    var line = node.type.label
    if let index = node.indexName {
      line += (node.type.name == "Bitmap Index Scan" ? " on " : " using ") + quoted(index)
    }
    if let relation = node.relation { line += " on " + reference(relation) }
    let figures = figures(of: node)
    guard !figures.isEmpty else { return line }
    // Without costs all releases leave one blank.
    let blanks = node.estimate == nil ? 1 : style.blanksBeforeFigures
    return line + String(repeating: " ", count: blanks) + figures
  }

  // MARK: Names

  private func reference(_ relation: RelationReference) -> String {
    (relation.schema.map { quoted($0) + "." } ?? "") + quoted(relation.name)
      + (relation.alias.map { " " + quoted($0) } ?? "")
  }

  private func quoted(_ name: String) -> String {
    switch dialect.quoting {
    case .whereNeeded: SQLIdentifier(name).quoted
    case .these(let names): names.contains(name) ? SQLIdentifier.alwaysQuoted(name) : name
    }
  }

  // MARK: Figures

  private func figures(of node: PlanNode) -> String {
    [
      node.estimate.map { "(" + words($0) + others(of: node, in: .estimate) + ")" },
      words(node.actual).map { "(" + $0 + others(of: node, in: .actual) + ")" },
    ].compactMap { $0 }.joined(separator: " ")
  }

  private func words(_ estimate: CostEstimate) -> String {
    let costs = "cost=\(estimate.startupCost.fixed(2))..\(estimate.totalCost.fixed(2))"
    let loops = estimate.loops.map { " loops=" + $0.fixed(0) } ?? ""
    return "\(costs) rows=\(estimate.planRows.fixed(0)) width=\(estimate.planWidth)\(loops)"
  }

  private func words(_ actual: ActualExecution) -> String? {
    switch actual {
    case .notReported: nil
    case .neverExecuted: "never executed"
    case .executed(let figures): figures.words
    }
  }

  private func others(of node: PlanNode, in bracket: FigureBracket) -> String {
    guard !dialect.otherFigures.isEmpty else { return "" }
    return node.properties.filter { dialect.otherFigures[$0.key] == bracket }
      .map { " \($0.key.name)=\($0.value)" }.joined()
  }
}

extension ActualFigures {
  /// `actual time=0.012..0.013 rows=1 loops=1`.
  var words: String {
    var words = "actual"
    if let startupTime, let totalTime { words += " time=\(startupTime.fixed(3))..\(totalTime.fixed(3))" }
    return words + " rows=\(rows.fixed(hasFractionalRows ? 2 : 0)) loops=\(loops.fixed(0))"
  }
}
