import Catalog
import PlanModel

/// Finds index lookups that are repeated so often that fetching their rows is what takes the time.
///
/// ## Why it matters
/// Each lookup descends the index and then visits the table for every row, in random order. Ten thousand of them
/// are ten thousand single blocks; on Aurora DSQL ten thousand point reads of storage.
///
/// ## Formula
/// (actual rows + Rows Removed by Filter) × loops of an Index Scan or Bitmap Heap Scan that runs more than once: the
/// inner side of a nested loop, or a sub-plan. Impact is the scan's own time.
///
/// ## Thresholds
/// - more than 10,000 rows fetched (plan-math.md, "Storage lookups")
/// - impact at least 5%
/// - at most 10 rows in a block that is visited: where they lie together, a block is read once for all
/// - 1,000 rows in the table: a smaller one is a few pages
/// - at most 3 more columns of together 64 bytes (experiments.md), and the planner's cost model prefers the
///   covering index by at least 20%, by the blocks that are marked all-visible now
///
/// ## Silent when
/// The query needs many or wide columns, the table is not vacuumed, the filter discards most rows
/// (IndexFilterWaste), or the loops were not expected (NestedLoopAmplification says why they came).
///
/// ## Remedies
/// The same index with the needed columns included; it can replace the old one unless that is unique. Not tried:
/// the index does not exist. Whether a hash join is faster, the experiment section shows.
///
/// ## Known limits
/// Fetching wide columns late, for the rows that remain at the end, is a rewrite and not proposed here.
public struct HighLoopLookups: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "HighLoopLookups"

  /// The rule has no settings.
  public init() {}

  /// Looks at every index scan that ran more than once.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let lookups = query.plan.nodes.indices.compactMap { RowLookups(node: $0, in: query) }
    return .examined(lookups.filter(\.isRepeated).compactMap { finding(for: $0, in: query) })
  }

  private func finding(for lookups: RowLookups, in query: DiagnosticCase) -> Finding? {
    lookups.finding(
      of: Self.name,
      title: """
        \(lookups.scan.table.quoted) is visited for \(Words.about(lookups.rows)) rows in \
        \(Words.about(lookups.scan.loops)) lookups
        """,
      observation: """
        \(query.label(of: lookups.scan.node)) ran \(Words.count(lookups.scan.loops)) times and fetched \
        \(Words.about(lookups.rows)) rows from the table.
        """, in: query)
  }
}
