import Catalog
import PlanModel
import Statements

/// Finds GROUP BY that runs over a join although the joined table could have been grouped first.
///
/// ## Why it matters
/// Every row of the large table is joined with the columns that name its group, and sorted or hashed with them,
/// although all rows of a group get the same.
///
/// ## Formula
/// An Aggregate whose group columns all come from one side of a join below it and whose aggregates all take the
/// other side's columns. multiplied = rows out of the join / rows of the side that names the groups; collapsed =
/// rows into the Aggregate / rows out of it. Impact is the own time of the join and of the sorts and joins that
/// carry its rows up to the Aggregate; grouping itself stays.
///
/// ## Thresholds
/// - both ratios at least 10x: grouping first hashes every row once more, which costs about what joining it does, so
///   that it pays only where few are left to join
/// - at least half of the other side's rows find a partner: with fewer, grouping all of them first costs more
/// - impact at least 20%: the statement has to be written anew for it, so it must be HIGH (report.md, "Severity")
///
/// ## Silent when
/// The table that is grouped names the groups itself; an aggregate is DISTINCT, ordered or not one that can be
/// put together from parts; the join is an outer one; or few rows of the grouped table are wanted.
///
/// ## Remedies
/// The large table grouped by its join key in a sub-query, joined, and grouped again, in words with the query's
/// own names. Equal on every database.
///
/// ## Known limits
/// Conditions of the join beyond equality have to go into the sub-query by hand.
public struct LateGroupBy: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "LateGroupBy"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.2
  /// Rows of the join for each row of the side that names the groups, and for each group.
  static let leastFactor = 10.0
  /// Share of the grouped table's rows that must find a partner.
  static let leastJoinedShare = 0.5
  /// Aggregates that can be put together from those of parts, and how.
  private static let composable: Set<String> = [
    "count", "sum", "min", "max", "avg", "bool_and", "bool_or", "every", "bit_and", "bit_or",
  ]

  /// The rule has no settings.
  public init() {}

  /// Looks at every GROUP BY that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(query.plan.nodes.indices.compactMap { finding(of: $0, in: query) })
  }

  private func finding(of node: Int, in query: DiagnosticCase) -> Finding? {
    let plan = query.plan.nodes[node]
    guard plan.type.name == "Aggregate", plan.type.partialMode != "Partial", plan[.groupKey] != nil else {
      return nil
    }
    let aggregates = query.aggregates(at: node)
    let groups = query.labels(in: [.groupKey], of: node)
    guard !aggregates.isEmpty, aggregates.allSatisfy(Self.isComposable),
      let multiplied = MultipliedJoin(below: node, needing: groups, in: query),
      multiplied.factor >= Self.leastFactor,
      query.totalRows(of: multiplied.join) >= Self.leastFactor * query.totalRows(of: node),
      isFullyRead(multiplied, in: query), takesOnly(multiplied.other, aggregates, in: query)
    else { return nil }
    let impact = query.impact(ofOwnTimeOf: multiplied.path(in: query))
    guard impact.share >= Self.leastShare else { return nil }
    return finding(multiplied, impact: impact, in: query)
  }

  private static func isComposable(_ aggregate: AggregateUse) -> Bool {
    composable.contains(aggregate.name) && !aggregate.isDistinct
  }

  /// Most of its rows are wanted, and they were read in one go.
  private func isFullyRead(_ multiplied: MultipliedJoin, in query: DiagnosticCase) -> Bool {
    let rows = query.rowsInto(multiplied.join, from: multiplied.other)
    let isLookedUp = query.plan.nodes[multiplied.join].type.isNestedLoop
    return !isLookedUp && query.totalRows(of: multiplied.join) >= rows * Self.leastJoinedShare
  }

  private func takesOnly(_ side: Int, _ aggregates: [AggregateUse], in query: DiagnosticCase) -> Bool {
    let labels = query.labels(below: side)
    return aggregates.compactMap(\.argument).flatMap(\.columns).allSatisfy { column in
      (column.alias ?? column.qualifier).map(labels.contains) ?? false
    }
  }

  // MARK: Words

  private func finding(_ multiplied: MultipliedJoin, impact: Impact, in query: DiagnosticCase) -> Finding {
    let node = multiplied.collapse
    let other = multiplied.tables(multiplied.other, in: query)
    let rows = query.totalRows(of: multiplied.join)
    return Finding(
      rule: Self.name, title: "Every row of \(other) is joined before it is grouped",
      blamedNodes: multiplied.path(in: query), impact: impact,
      observations: [
        """
        \(query.label(of: multiplied.join)) made \(Words.counted(rows, "row")), \(Words.ratio(multiplied.factor)) as many \
        as \(multiplied.tables(multiplied.wanted, in: query)) brought; \(query.label(of: node)) made \
        \(Words.counted(query.totalRows(of: node), "group")) of them.
        """
      ],
      measurements: [
        Measurement(
          "rows multiplied", multiplied.factor, unit: "x", source: "actual rows of the join and its input"),
        Measurement("rows joined", rows, source: "actual rows × loops"),
      ],
      cause: Cause(
        [
          "The groups are named by \(multiplied.tables(multiplied.wanted, in: query)) alone, the aggregates take \(other) alone."
        ],
        basis: .inferredFromPlan, falsifier: "grouped before the join the query takes as long"),
      remedies: [remedy(multiplied, impact: impact, in: query)], key: ProblemKey(Self.name, "\(node)"))
  }

  private func remedy(_ multiplied: MultipliedJoin, impact: Impact, in query: DiagnosticCase) -> Remedy {
    let other = multiplied.tables(multiplied.other, in: query)
    let keys = multiplied.keys(in: query).map(\.other).uniqued().joined(separator: ", ")
    let key = keys.isEmpty ? "its join columns" : keys
    return Remedy(
      .changeStatement(
        "Group \(other) by \(key) in a sub-query with the same conditions, join that, and group the result as before."
      ),
      rationale: "One row for each \(key) is joined and sorted instead of all.",
      caveats: [
        "Outside, a count becomes the sum of counts, an average the sum of sums over the sum of counts; min, max and sum stay as they are.",
        "Of a LEFT JOIN, a group without rows has no count: coalesce(…, 0).",
      ],
      expectation: impact.expectation(
        from: "the own time of the join and of what carries its rows in the captured plan; not tried"))
  }
}

extension DiagnosticCase {
  /// The aggregates that a node computes, as its output has them.
  func aggregates(at node: Int) -> [AggregateUse] {
    plan.nodes[node][.output].map(PlanLists.aggregates) ?? []
  }
}
