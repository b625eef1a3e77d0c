import Catalog
import Statements

/// The side of a condition that belongs to the scanned table.
struct TestedColumn {
  let column: PlannerColumn
  /// The column is bare, or wrapped in what changes no bytes.
  let isBare: Bool
  /// How it is tested, with the column on the left.
  let comparison: Statements.Comparison
  /// What it is tested against.
  let comparand: Comparand

  /// Why a value with no statistics is guessed.
  var guess: DefaultGuess.Reason {
    if comparand == .unknown { return .parameter }
    return isBare ? .noStatistics : .expression
  }
}

extension ClauseEstimator {
  /// The column or expression of the scanned table that a condition tests.
  func tested(_ predicate: ColumnPredicate) -> Result<TestedColumn, Unmodelled> {
    if predicate.column?.belongs(to: label) == false { return turned(predicate) }
    let comparand = Comparand(predicate.operand, label: label, parameters: predicate.parameters)
    return variable(predicate).map { column, isBare in
      TestedColumn(column: column, isBare: isBare, comparison: predicate.comparison, comparand: comparand)
    }
  }

  /// Another table's column stands on the left: its value is not known while planning.
  private func turned(_ predicate: ColumnPredicate) -> Result<TestedColumn, Unmodelled> {
    guard case .column(let own) = predicate.operand, own.belongs(to: label),
      let comparison = predicate.comparison.turned
    else { return .failure(Unmodelled("its side of this table is an expression")) }
    return bare(own.name).map {
      TestedColumn(column: $0, isBare: true, comparison: comparison, comparand: .unknown)
    }
  }

  private func variable(_ predicate: ColumnPredicate) -> Result<(PlannerColumn, Bool), Unmodelled> {
    guard let name = predicate.column?.name else {
      let isOwn = !predicate.columns.isEmpty && predicate.columns.allSatisfy { $0.belongs(to: label) }
      return isOwn
        ? .success((table.expression(nil, type: ""), false)) : .failure(Unmodelled("it names no column"))
    }
    if isRelabelled(predicate.wrapping, name) { return bare(name).map { ($0, true) } }
    let text = IndexableExpression(predicate, label: label)?.text
    guard !table.hasUnreadExpression(text) else {
      return .failure(Unmodelled("the statistics of the index on this expression are not at hand"))
    }
    return .success((table.expression(text, type: "text"), false))
  }

  private func bare(_ name: String) -> Result<PlannerColumn, Unmodelled> {
    guard let column = table.column(name) else {
      return .failure(Unmodelled("nothing is known of the column \(name)"))
    }
    return column.isHidden ? .failure(Unmodelled("the role may not see its statistics")) : .success(column)
  }

  /// From `varchar` to `text` and back no byte changes, and the planner looks through.
  private func isRelabelled(_ wrapping: [ColumnWrapping], _ name: String) -> Bool {
    let type = table.relation.column(name)?.type ?? ""
    let isText = type == "text" || type.hasPrefix("character varying")
    return wrapping.allSatisfy { layer in
      layer == .cast("text") && isText || layer == .cast("varchar") && isText
    }
  }
}
