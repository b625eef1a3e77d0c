import Catalog
import PlanModel
import Statements

/// Finds tables whose statistics are out of date and have misled the plan.
///
/// ## Why it matters
/// After a bulk load or a mass change the planner goes on planning for the table as it was.
///
/// ## Formula
/// Stale is a table of which one of these holds: no column has statistics; `reltuples`, or what the planner makes
/// of it, is off from `count(*)`; a condition holds for another share of the rows than the statistics have it, and
/// the rows changed since the last ANALYZE account for at least half of the difference; or, where no share was
/// counted, more than 20% of the rows were changed. The finding needs more than staleness: a significant
/// estimation error that starts at this table and of which this is the largest part, and a part of the plan that
/// rested on it. Impact is that part's time.
///
/// ## Thresholds
/// - 20% of the row count or of the rows (plan-math.md, "Stale table statistics"); autovacuum analyzes after 10%
///   by default
/// - half of the difference: what changed may have been changed twice, or have replaced what was there
/// - error of the estimate at least 5x (plan-math.md, bands); impact at least 5%
///
/// ## Silent when
/// The statistics are stale but no estimate was significantly wrong, the counted shares are those of the
/// statistics (what is wrong then is something that ANALYZE does not change), the value is one that ANALYZE would
/// not list either, or nothing costly rested on the estimate.
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
    return EstimateFindings<StaleTable>(query).outcome
  }
}
