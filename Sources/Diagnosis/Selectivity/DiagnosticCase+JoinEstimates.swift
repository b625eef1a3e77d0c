import Catalog
import PlanModel
import Statements

extension DiagnosticCase {
  /// The estimate of a join, by what the evidence has of its tables and of their foreign keys.
  func reproduce(join node: Int) -> JoinEstimate? {
    let tables = plannerTables
    return reproduce(join: node, tables: tables, foreignKey: foreignKey(ofJoin: node, tables: tables))
  }

  /// The foreign key whose columns a join compares, all of them; the one with the most columns.
  func foreignKey(ofJoin node: Int, tables: [String: PlannerTable]) -> JoinEstimate.ForeignKey? {
    guard let sides = sides(of: node) else { return nil }
    let pairs = joinConditions(of: node, inner: JoinSide(self, sides.inner, tables: tables)).compactMap(
      ColumnPair.init)
    let innerLabels = Set(plan.subtree(of: sides.inner).compactMap { plan.nodes[$0].relation?.label })
    let keys = tables.values.flatMap { $0.relation.foreignKeys ?? [] }
    let found = keys.flatMap { key in
      tables.keys.flatMap { from in
        tables.keys.compactMap { to in
          key.joined(by: pairs, from: from, to: to, tables: tables, innerLabels: innerLabels)
        }
      }
    }
    return found.max { ($0.predicates.count, $1.name) < ($1.predicates.count, $0.name) }
  }

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

/// Two columns that a join compares by `=`.
private struct ColumnPair {
  let predicate: String
  let sides: [(label: String, column: String)]

  init?(_ predicate: ColumnPredicate) {
    guard predicate.comparison == .equal, let left = predicate.column,
      case .column(let right) = predicate.operand,
      let a = left.alias ?? left.qualifier, let b = right.alias ?? right.qualifier
    else { return nil }
    self.predicate = predicate.text?.text ?? ""
    sides = [(a, left.name), (b, right.name)]
  }

  func compares(_ one: (String, String), _ other: (String, String)) -> Bool {
    (sides[0] == one && sides[1] == other) || (sides[0] == other && sides[1] == one)
  }
}

extension ForeignKeyConstraint {
  /// The constraint as a join uses it; `nil` unless the join compares all of its columns.
  fileprivate func joined(
    by pairs: [ColumnPair], from: String, to: String, tables: [String: PlannerTable], innerLabels: Set<String>
  ) -> JoinEstimate.ForeignKey? {
    guard from != to, tables[from]?.relation.name == table, let target = tables[to],
      target.relation.name == referencedTable, innerLabels.contains(from) != innerLabels.contains(to)
    else { return nil }
    let predicates = zip(columns, referencedColumns).compactMap { column, referenced in
      pairs.first { $0.compares((from, column), (to, referenced)) }?.predicate
    }
    guard predicates.count == columns.count else { return nil }
    return JoinEstimate.ForeignKey(
      name: name, referencedRows: target.rows, referencesInner: innerLabels.contains(to),
      predicates: predicates)
  }
}
