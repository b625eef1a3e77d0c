import Catalog
import PlanModel
import Statements

extension DiagnosticCase {
  /// The estimate of a join of two inputs whose own estimates are taken from the plan; `nil` for other nodes.
  ///
  /// - Parameters:
  ///   - tables: what the planner knows of the tables, by the labels that the plan gives them.
  ///   - foreignKey: a foreign key whose columns the join compares, where the catalog has one.
  func reproduce(
    join node: Int, tables: [String: PlannerTable], foreignKey: JoinEstimate.ForeignKey? = nil
  ) -> JoinEstimate? {
    guard plan.nodes[node].type.isJoin, let sides = sides(of: node), let kind = sides.kind else { return nil }
    let outer = JoinSide(self, sides.outer, tables: tables)
    let inner = JoinSide(self, sides.inner, tables: tables)
    guard let rows = outer.rows, let innerRows = inner.rows else { return nil }
    let reader = JoinConditionReader(
      outer: outer, inner: inner, kind: kind, innerRows: innerRows, tables: tables)
    var estimate = JoinEstimate(
      kind: kind, outerRows: rows, innerRows: innerRows,
      factors: joinConditions(of: node, inner: inner).map(reader.factor),
      filters: conditions.predicates(.filter, of: node).map(reader.filter))
    if let foreignKey { estimate.apply(foreignKey) }
    return estimate
  }

  private typealias Sides = (outer: Int, inner: Int, kind: JoinEstimate.Kind?)

  private func sides(of node: Int) -> Sides? {
    let inputs = inputs(of: node)
    guard inputs.count == 2 else { return nil }
    let type = plan.nodes[node].type.joinType ?? "Inner"
    let isReversed = type.hasPrefix("Right")
    let kind = Self.kinds[type]
    return isReversed ? (inputs[1], inputs[0], kind) : (inputs[0], inputs[1], kind)
  }

  private static let kinds: [String: JoinEstimate.Kind] = [
    "Inner": .inner, "Left": .left, "Right": .left, "Full": .full, "Semi": .semi, "Right Semi": .semi,
    "Anti": .anti, "Right Anti": .anti,
  ]

  /// What the join tests itself, and what an inner index scan tests for it.
  private func joinConditions(of node: Int, inner: JoinSide) -> [ColumnPredicate] {
    let own = [PropertyKey.hashCond, .mergeCond, .joinFilter].flatMap { conditions.predicates($0, of: node) }
    return own + inner.parameterised
  }
}

/// One input of a join.
struct JoinSide {
  private let query: DiagnosticCase
  private let node: Int
  private let tables: [String: PlannerTable]

  init(_ query: DiagnosticCase, _ node: Int, tables: [String: PlannerTable]) {
    self.query = query
    self.node = node
    self.tables = tables
  }

  /// Nodes that only pass rows on.
  private static let passing: Set<String> = [
    "Hash", "Sort", "Materialize", "Memoize", "Incremental Sort", "Gather", "Gather Merge",
  ]

  /// The one scan that it consists of, below nodes that only pass its rows on.
  private var scan: Int? {
    var current = node
    while query.plan.nodes[current].relation == nil {
      guard Self.passing.contains(query.plan.nodes[current].type.name),
        let next = query.inputs(of: current).first
      else { return nil }
      current = next
    }
    return current
  }

  private var label: String? { scan.flatMap { query.plan.nodes[$0].relation?.label } }

  /// Conditions of an inner index scan that compare with the outer row.
  var parameterised: [ColumnPredicate] {
    guard let scan, let label else { return [] }
    return query.scanConditions(of: scan).filter { $0.allColumns.contains { !$0.belongs(to: label) } }
  }

  /// Rows of the input as the join's estimate took them: without conditions that compare with the outer row.
  var rows: Double? {
    if !parameterised.isEmpty, let scan, let label, let table = tables[label] {
      return query.reproduce(scan: scan, table)?.limit
    }
    let rows = query.plan.nodes[node].estimate?.planRows
    // Each process hashes its part of a parallel hash, and joins with all of it.
    guard query.plan.nodes[node].type.isParallelAware, let scan else { return rows }
    return rows.map { $0 * query.parallelDivisor(of: scan) }
  }

  /// A column of a table that is read below, through joins alone: of grouped rows the statistics say nothing.
  /// `nil` where it belongs to the other side.
  func column(_ reference: ColumnReference) -> PlannerColumn? {
    guard let alias = reference.alias ?? reference.qualifier, let table = tables[alias],
      let scan = query.plan.subtree(of: node).first(where: { query.plan.nodes[$0].relation?.label == alias }),
      isUngrouped(scan)
    else { return nil }
    return table.column(reference.name)
  }

  private func isUngrouped(_ scan: Int) -> Bool {
    guard scan != node else { return true }
    let path = query.plan.ancestors(of: scan).prefix { $0 != node } + [node]
    return path.allSatisfy {
      query.plan.nodes[$0].type.isJoin || Self.passing.contains(query.plan.nodes[$0].type.name)
    }
  }
}

/// Estimates the conditions of a join.
private struct JoinConditionReader {
  let outer: JoinSide
  let inner: JoinSide
  let kind: JoinEstimate.Kind
  let innerRows: Double
  let tables: [String: PlannerTable]

  /// A condition between two tables, or one that an outer join had to wait for.
  func factor(_ predicate: ColumnPredicate) -> JoinEstimate.Factor {
    let text = predicate.text?.text ?? ""
    switch (predicate.comparison, columns(predicate)) {
    case (.equal, let sides?):
      return .init(.init(predicate: text, outer: sides.outer, inner: sides.inner), kind, innerRows: innerRows)
    case (.less, _?), (.lessOrEqual, _?), (.greater, _?), (.greaterOrEqual, _?):
      return .init(
        predicate: text, selectivity: ClauseEstimator.defaultInequality,
        words: "a comparison of two tables, DEFAULT_INEQ_SEL")
    default: return filter(predicate)
    }
  }

  /// A condition on one table.
  func filter(_ predicate: ColumnPredicate) -> JoinEstimate.Factor {
    let text = predicate.text?.text ?? ""
    let labels = Set(predicate.allColumns.map { $0.alias ?? $0.qualifier })
    guard labels.count == 1, let label = labels.first ?? nil, let table = tables[label] else {
      return .init(
        predicate: text,
        words: "only columns of two tables, not grouped before, that are compared by = are modelled")
    }
    let factor = ClauseEstimator(table: table, label: label).factor(predicate)
    return .init(predicate: text, selectivity: factor.selectivity, words: factor.source.words)
  }

  /// The columns of both sides that a condition compares.
  private func columns(_ predicate: ColumnPredicate) -> (outer: PlannerColumn, inner: PlannerColumn)? {
    guard let left = predicate.column, case .column(let right) = predicate.operand,
      predicate.wrapping.allSatisfy({ $0 == .cast("text") })
    else { return nil }
    if let a = outer.column(left), let b = inner.column(right) { return (a, b) }
    if let a = outer.column(right), let b = inner.column(left) { return (a, b) }
    return nil
  }
}
