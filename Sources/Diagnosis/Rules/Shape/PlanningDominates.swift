import Catalog
import PlanModel
import SQLNames

/// Finds statements whose planning takes longer than their execution.
///
/// ## Why it matters
/// A statement that is planned anew for each execution pays for it each time. Hundreds of partitions, many joined
/// tables or very long lists of common values make plans expensive to find.
///
/// ## Formula
/// Planning Time / (Planning Time + Execution Time). Impact is the planning time; as a share of the execution it is
/// at most all of it.
///
/// ## Thresholds
/// - planning over 50% of both, and over 10 ms (rules.md)
/// - a reason is named only where the plan or the catalog shows it: 50 partitions in the plan (manual, "Best
///   Practices for Declarative Partitioning": planning is slow where few are pruned), 8 tables joined
///   (`join_collapse_limit` by default: up to here every order is tried), 1,000 common values of a column (ten times
///   the default target)
///
/// ## Silent when
/// Execution takes longer, or planning is short.
///
/// ## Remedies
/// The column's statistics target back to the default, where its list is the reason; else the statement prepared once
/// and executed often. Not tried: one writes, the other is the application's to do.
///
/// ## Known limits
/// A first plan in a session also reads the catalog into the session's cache: what that took is not told apart.
public struct PlanningDominates: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "PlanningDominates"
  /// Share of planning and execution (rules.md).
  static let leastShare = 0.5
  /// Milliseconds of planning (rules.md).
  static let leastMilliseconds = 10.0
  /// Partitions in the plan that explain the time.
  static let manyPartitions = 50.0
  /// Joined tables that explain the time.
  static let manyTables = 8
  /// Common values of one column that explain the time.
  static let manyValues = 1_000
  /// `default_statistics_target`
  static let defaultTarget = 100

  /// The rule has no settings.
  public init() {}

  /// Looks at the two times below the plan.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard let execution = query.plan.executionTime else {
      return query.plan.isAnalyzed ? .examined([]) : .notExamined(.notAnalyzed)
    }
    guard let planning = query.plan.planningTime, planning > Self.leastMilliseconds,
      planning > Self.leastShare * (planning + execution)
    else { return .examined([]) }
    return .examined([finding(planning, execution, in: query)])
  }

  private func finding(_ planning: Double, _ execution: Double, in query: DiagnosticCase) -> Finding {
    let impact = Impact(milliseconds: planning, share: execution > 0 ? planning / execution : 1)
    return Finding(
      rule: Self.name,
      title: "Planning took \(Words.milliseconds(planning)), execution \(Words.milliseconds(execution))",
      blamedNodes: [0], impact: impact,
      observations: [
        "Of \(Words.milliseconds(planning + execution)) in all, \(Words.percent(planning / (planning + execution))) went into finding the plan."
      ],
      measurements: [
        Measurement("planning", planning, unit: "ms", source: "Planning Time"),
        Measurement("execution", execution, unit: "ms", source: "Execution Time"),
      ], cause: cause(query), remedies: remedies(planning, in: query), key: ProblemKey(Self.name, "root"))
  }

  // MARK: Reasons

  private func partitions(_ query: DiagnosticCase) -> Double {
    let read = query.plan.nodes.indices.filter { query.relation(of: $0)?.statistics.parent != nil }
    let members =
      query.plan.nodes.indices.filter {
        ["Append", "Merge Append"].contains(query.plan.nodes[$0].type.name)
      }.map { query.inputs(of: $0).count }.max() ?? 0
    let removed = query.plan.nodes.compactMap { $0.number(.subplansRemoved) }.reduce(0, +)
    return Double(max(read.count, members)) + removed
  }

  private func tables(_ query: DiagnosticCase) -> Int {
    Set(query.plan.nodes.filter { !$0.type.isBitmapIndexScan }.compactMap { $0.relation?.label }).count
  }

  private func longLists(_ query: DiagnosticCase) -> [(column: ColumnName, values: Int)] {
    query.evidence.relations.flatMap { relation in
      relation.columns.compactMap { column in
        let count = column.distribution?.mostCommonValues.count ?? 0
        return count >= Self.manyValues ? (ColumnName(relation.name, column.name), count) : nil
      }
    }
  }

  private func cause(_ query: DiagnosticCase) -> Cause {
    let reasons = reasons(query)
    guard !reasons.isEmpty else {
      return Cause(
        ["Neither partitions, nor the number of tables, nor the statistics that were seen explain it."],
        basis: .unverified, falsifier: "planned a second time in one session, the statement takes as long",
        check: "EXPLAIN (SUMMARY) of the statement, twice in one session")
    }
    return Cause(
      reasons, basis: longLists(query).isEmpty ? .inferredFromPlan : .supportedByCatalog,
      falsifier: "without these the planning takes as long")
  }

  private func reasons(_ query: DiagnosticCase) -> [String] {
    var reasons: [String] = []
    let (partitions, tables) = (partitions(query), tables(query))
    if partitions >= Self.manyPartitions {
      reasons.append("The planner makes a plan for each of \(Words.count(partitions)) partitions.")
    }
    for list in longLists(query) {
      reasons.append(
        "The column \(SQLIdentifier(list.column.column).quoted) of \(list.column.table.quoted) has \(Words.count(Double(list.values))) common values in pg_stats: the planner goes through them for each condition, and in a join through those of both sides."
      )
    }
    if tables >= Self.manyTables, partitions < Self.manyPartitions {
      reasons.append("\(tables) tables are joined: the number of orders grows with every table.")
    }
    return reasons
  }

  // MARK: Remedies

  private func remedies(_ planning: Double, in query: DiagnosticCase) -> [Remedy] {
    let lists = query.engine.hasTableMaintenance ? longLists(query).prefix(3) : []
    guard lists.isEmpty else { return lists.map { shorter($0.column, planning) } }
    let isPartitioned = partitions(query) >= Self.manyPartitions
    let narrower = isPartitioned ? ", or narrow it to few partitions by a condition on the partition key" : ""
    return [
      StatementAdvice.remedy(
        "Prepare the statement once in each session and execute it with values\(narrower)",
        rationale: "A plan that is kept is not searched for again.",
        caveats: [
          "After five executions the server keeps one generic plan where it does not cost more: see that it is as good (plan_cache_mode)."
        ], impact: Impact(milliseconds: planning, share: 1), replacing: "the planning time")
    ]
  }

  private func shorter(_ column: ColumnName, _ planning: Double) -> Remedy {
    Remedy(
      .setStatisticsTarget(column, target: Self.defaultTarget),
      rationale: "With a list of \(Self.defaultTarget) common values there is less to go through.",
      caveats: [
        "Estimates for values beyond the list become averages: see that other statements do not need them."
      ], expectation: .computed(upTo: planning, from: "the planning time; not tried: ANALYZE writes"))
  }
}
