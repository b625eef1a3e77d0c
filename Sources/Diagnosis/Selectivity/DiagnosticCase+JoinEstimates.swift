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
    let predicates = joinConditions(of: node, inner: inner)
    let keys = predicates.map { JoinKeyReader(outer: outer, inner: inner).key($0) }
    guard let rows = outer.rows, let innerRows = inner.rows else { return nil }
    let known = keys.compactMap { try? $0.get() }
    var estimate = JoinEstimate(
      kind, outerRows: rows, innerRows: innerRows, keys: known, foreignKey: foreignKey)
    for (predicate, key) in zip(predicates, keys) {
      guard case .failure(let unmodelled) = key else { continue }
      estimate.factors.append(.init(predicate: predicate.text?.text ?? "", words: unmodelled.reason))
    }
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

/// Reads the conditions of a join by equal columns.
private struct JoinKeyReader {
  let outer: JoinSide
  let inner: JoinSide

  func key(_ predicate: ColumnPredicate) -> Result<JoinEstimate.Key, Unmodelled> {
    guard predicate.comparison == .equal, let left = predicate.column,
      case .column(let right) = predicate.operand,
      predicate.wrapping.allSatisfy({ $0 == .cast("text") })
    else { return .failure(Unmodelled("only columns that are compared by = are modelled")) }
    let text = predicate.text?.text ?? ""
    if let a = outer.column(left), let b = inner.column(right) {
      return .success(.init(predicate: text, outer: a, inner: b))
    }
    if let a = outer.column(right), let b = inner.column(left) {
      return .success(.init(predicate: text, outer: a, inner: b))
    }
    return .failure(Unmodelled("the statistics of one side are not at hand"))
  }
}
