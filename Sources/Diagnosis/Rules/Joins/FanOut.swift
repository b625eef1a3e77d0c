import Catalog
import PlanModel
import Statements

/// Two inputs joined by a key that is unique in neither, so that for each value all of one meet all of the
/// other, until an aggregate collapses them.
struct FanOut {
  /// Rows of the join for each row of its larger side, and for each row that the aggregate leaves.
  static let leastFactor = 10.0

  let join: Int
  /// The aggregate that takes the product.
  let collapse: Int
  /// The sides of the join.
  let sides: [Int]
  /// Rows of each side.
  let rows: [Double]
  let product: Double

  /// Those of a plan; of several that one aggregate takes, the topmost.
  static func all(in query: DiagnosticCase) -> [FanOut] {
    let found = query.plan.nodes.indices.flatMap { collapse -> [FanOut] in
      guard let top = JoinTree.join(below: collapse, in: query), collapses(collapse, in: query) else {
        return []
      }
      return JoinTree(of: top, in: query).joins.compactMap { FanOut(join: $0, collapse: collapse, in: query) }
        .prefix(1).map(\.self)
    }
    let others = found.isEmpty ? [] : MultipliedJoin.advised(in: query)
    return found.filter { !others.contains($0.join) }
  }

  private static func collapses(_ node: Int, in query: DiagnosticCase) -> Bool {
    let type = query.plan.nodes[node].type
    return type.name == "Aggregate" && type.partialMode != "Partial" && !query.aggregates(at: node).isEmpty
  }

  private init?(join: Int, collapse: Int, in query: DiagnosticCase) {
    let sides = query.inputs(of: join)
    let rows = sides.map { query.mostRowsInto(join, from: $0) }
    guard sides.count == 2, query.plan.nodes[join].type.joinType == nil, let larger = rows.max(), larger > 0,
      query.totalRows(of: join) >= Self.leastFactor * larger,
      query.totalRows(of: join) >= Self.leastFactor * query.totalRows(of: collapse),
      Self.isByEqualityAlone(join, in: query)
    else { return nil }
    let groups = query.labels(in: [.groupKey], of: collapse)
    guard sides.contains(where: { query.labels(below: $0).isDisjoint(with: groups) }) else { return nil }
    (self.join, self.collapse, self.sides, self.rows) = (join, collapse, sides, rows)
    product = query.totalRows(of: join)
  }

  /// A join by more, an overlap of times say, pairs what belongs together.
  private static func isByEqualityAlone(_ join: Int, in query: DiagnosticCase) -> Bool {
    let conditions = query.conditionsBetweenSides(of: join)
    return !conditions.isEmpty
      && conditions.allSatisfy { predicate in
        if case .column = predicate.operand { predicate.comparison == .equal } else { false }
      }
  }

  // MARK: Words

  func finding(in query: DiagnosticCase) -> Finding? {
    let nodes = [join] + query.plan.ancestors(of: join).prefix { $0 != collapse } + [collapse]
    let impact = query.impact(ofOwnTimeOf: nodes)
    guard impact.share >= CartesianJoin.leastShare else { return nil }
    let names = sides.map { detail(of: $0, in: query) }
    return Finding(
      rule: CartesianJoin.name,
      title: """
        \(names[0]) and \(names[1]) multiply each other: \(Words.counted(product, "row")) of \
        \(Words.count(rows[0])) and \(Words.count(rows[1]))
        """,
      blamedNodes: nodes, impact: impact,
      observations: [
        """
        \(query.label(of: join)) made \(Words.counted(product, "row")) of \(Words.count(rows[0])) on one side and \
        \(Words.count(rows[1])) on the other; \(query.label(of: collapse)) left \
        \(Words.count(query.totalRows(of: collapse))) of them.
        """
      ],
      measurements: [
        Measurement("rows of \(names[0])'s side", rows[0], source: "actual rows × loops"),
        Measurement("rows of \(names[1])'s side", rows[1], source: "actual rows × loops"),
        Measurement("rows of the join", product, source: "actual rows × loops"),
      ],
      cause: cause(names, in: query), remedies: [remedy(names, impact: impact, in: query)],
      key: ProblemKey(CartesianJoin.name, "\(join)"))
  }

  /// The table of a side that brings most rows: the others name or restrict them.
  private func detail(of side: Int, in query: DiagnosticCase) -> String {
    let scans = query.plan.subtree(of: side).filter {
      query.plan.nodes[$0].relation != nil && !query.plan.nodes[$0].type.isBitmapBuilder
    }
    let largest = scans.max { query.totalRows(of: $0) < query.totalRows(of: $1) }
    return largest.flatMap { query.plan.nodes[$0].relation?.qualifiedLabel } ?? query.label(of: side)
  }

  private func keys(in query: DiagnosticCase) -> String {
    Words.list(
      query.conditionsBetweenSides(of: join).compactMap { predicate in
        guard let column = predicate.column, case .column(let other) = predicate.operand else { return nil }
        return "\(column.text) = \(other.text)"
      }.uniqued())
  }

  private func cause(_ names: [String], in query: DiagnosticCase) -> Cause {
    Cause(
      [
        """
        They are joined by \(keys(in: query)) alone, which is unique on neither side: the join returned \
        \(Words.ratio(product / max(rows[0], rows[1]))) as many rows as the larger side has. For each value every row of \
        one meets every row of the other.
        """
      ], basis: .inferredFromPlan,
      falsifier: "every pairing of \(names[0]) with \(names[1]) is wanted")
  }

  private func remedy(_ names: [String], impact: Impact, in query: DiagnosticCase) -> Remedy {
    Remedy(
      .changeStatement(
        """
        Aggregate \(names[0]) and \(names[1]) by the joined columns (\(keys(in: query))) each in a sub-query of its own, \
        and join the two results
        """),
      rationale: "Each sub-query has one row for each value, so that nothing multiplies.",
      caveats: [
        "As it is written, sum, count and avg without DISTINCT take each row once for every partner on the other side: see whether the present result is right at all.",
        "A count(DISTINCT key) becomes count(*) of its own sub-query; a value without rows on one side needs LEFT JOIN or stays away, as now.",
      ],
      expectation: impact.expectation(
        from: "the own time of the join and of what carries its rows in the captured plan; not tried"))
  }
}

extension DiagnosticCase {
  /// What a join compares, wherever the plan tests it: at the join, or as the index condition of its inner side.
  func conditionsBetweenSides(of join: Int) -> [ColumnPredicate] {
    let inputs = inputs(of: join)
    guard let inner = inputs.last, plan.nodes[join].type.isNestedLoop else { return joinConditions(at: join) }
    let outer = inputs.first.map { labels(below: $0) } ?? []
    let below = plan.subtree(of: inner).flatMap { node in
      [PropertyKey.indexCond, .filter].flatMap { conditions.predicates($0, of: node) }
    }
    return joinConditions(at: join)
      + below.uniqued().filter { $0.allColumns.contains { $0.alias.map(outer.contains) ?? false } }
  }

  /// The rows that a side of a join has: where they are looked up again and again, at most those of the table.
  fileprivate func mostRowsInto(_ join: Int, from side: Int) -> Double {
    let rows = rowsInto(join, from: side)
    let scans = plan.subtree(of: side).filter {
      plan.nodes[$0].relation != nil && !plan.nodes[$0].type.isBitmapBuilder
    }
    guard scans.count == 1, let table = relation(of: scans[scans.startIndex])?.bestRowCount else {
      return rows
    }
    return min(rows, table)
  }
}
