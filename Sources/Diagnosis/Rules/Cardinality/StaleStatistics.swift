import Catalog
import PlanModel
import Statements

/// Finds tables whose statistics are out of date and have misled the plan.
///
/// ## Why it matters
/// After a bulk load or a mass change the planner goes on planning for the table as it was.
///
/// ## Formula
/// Stale is a table of which one of these holds: no column has statistics; `reltuples` is off from
/// `count(*)` by more than 20%; more than 20% of the rows were changed since the last ANALYZE. The finding
/// needs more than staleness: a significant estimation error that starts at this table, and a part of the
/// plan that rested on it. Impact is that part's time.
///
/// ## Thresholds
/// 20% (plan-math.md, "Stale table statistics"); autovacuum analyzes after 10% by default.
///
/// ## Silent when
/// The statistics are stale but no estimate was significantly wrong, or nothing costly rested on it.
///
/// ## Remedies
/// `ANALYZE` of the table. Running it would write, so it is not tried itself. Where a nested loop ran too
/// often, the experiment `Hash Join Only` runs the plan that right estimates would most likely lead to: its
/// time is the expected impact, and where it is no faster, ANALYZE is not advised.
///
/// ## Known limits
/// Rows changed in place are seen only through the activity counters, which a crash or a reset clears.
public struct StaleStatistics: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "StaleStatistics"

  /// The rule has no settings.
  public init() {}

  /// Looks at the tables where costly misestimates start.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    guard !query.evidence.relations.isEmpty else {
      return .notExamined(
        EvidenceGap(missing: "the age of the tables' statistics", reason: "no catalog evidence was given"))
    }
    let misled = Misestimate.all(in: query).filter { !$0.costlyNodes.isEmpty }
    let byTable = misled.grouped { $0.staleTable(in: query)?.relation.name }
    return .examined(
      byTable.compactMap { misestimates in
        misestimates[0].staleTable(in: query).flatMap {
          finding(for: $0.relation.name, misestimates, in: query)
        }
      })
  }

  private func finding(
    for table: QualifiedName, _ misestimates: [Misestimate], in query: DiagnosticCase
  ) -> Finding? {
    let costs = misestimates.map { (misestimate: $0, impact: impact($0, in: query)) }
    guard let stale = StaleTable(relation: query.evidence.relation(table)),
      let (worst, impact) = costs.max(by: { $0.impact.share < $1.impact.share })
    else { return nil }
    return Finding(
      rule: Self.name, title: title(table, worst), blamedNodes: worst.costlyNodes, impact: impact,
      observations: [stale.sentence], comparisons: misestimates.map { comparison($0, in: query) },
      measurements: stale.measurements, cause: cause(stale, worst, in: query),
      remedies: [remedy(table, impact: impact)], key: ProblemKey(Self.name, table.label))
  }

  private func impact(_ misestimate: Misestimate, in query: DiagnosticCase) -> Impact {
    query.impact(ofWallTimeOf: misestimate.costlyNodes)
  }

  // MARK: Words

  private func title(_ table: QualifiedName, _ misestimate: Misestimate) -> String {
    "Stale statistics of \(table.quoted) made the planner miss by \(Words.ratio(misestimate.error))"
  }

  private func comparison(_ misestimate: Misestimate, in query: DiagnosticCase) -> Comparison {
    Comparison(
      "Rows of \(query.label(of: misestimate.node))", estimated: misestimate.estimated,
      actual: misestimate.actual)
  }

  private func cause(_ stale: StaleTable, _ worst: Misestimate, in query: DiagnosticCase) -> Cause {
    var sentences = [
      """
      The planner expected \(Words.counted(worst.estimated, "row")) from \(query.label(of: worst.node)); there \
      were \(Words.count(worst.actual)) (\(worst.source)). Its statistics describe an earlier state of the table.
      """
    ]
    if let consequence = worst.consequence { sentences.append(consequence) }
    return Cause(
      sentences, basis: .supportedByCatalog,
      falsifier: "after ANALYZE the estimate of \(query.label(of: worst.node)) is still off by 5x or more")
  }

  private func remedy(_ table: QualifiedName, impact: Impact) -> Remedy {
    Remedy(
      .analyze(table),
      rationale: "Fresh statistics let the planner see the rows that are there and choose again.",
      caveats: [
        "ANALYZE reads a sample of the table and takes a lock that blocks neither readers nor writers.",
        "If this table is loaded in bulk, run ANALYZE at the end of the load, or lower its autovacuum_analyze_scale_factor.",
      ],
      expectation: expectation(impact))
  }

  private func expectation(_ impact: Impact) -> ExpectedImpact {
    let source = "the time of the plan's part that rested on the wrong estimate; not tried: ANALYZE writes"
    return impact.milliseconds.map { .computed(upTo: $0, from: source) }
      ?? .computedCost(upToShare: impact.share, from: source)
  }
}
