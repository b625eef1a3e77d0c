import Catalog
import PlanModel

/// Finds index scans that visit the table for many rows, for few narrow columns that the index could hold.
///
/// ## Why it matters
/// The index has found the rows; the table is read only for what the index lacks, a block for nearly every row. An
/// index with these columns answers by itself.
///
/// ## Formula
/// Rows that an Index Scan or Bitmap Heap Scan fetches in one pass: actual rows + Rows Removed by Filter; on Aurora
/// DSQL an Index Scan with a Storage Lookup branch. Impact is the scan's own time and that of its bitmap.
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
/// The query needs many or wide columns, the table is not vacuumed, the rows lie together in the table, or the
/// filter discards most of them (IndexFilterWaste).
///
/// ## Remedies
/// The same index with the needed columns included; it can replace the old one unless that is unique. Not tried:
/// the index does not exist; judged by the planner's cost model.
///
/// ## Known limits
/// Which columns are needed, only VERBOSE tells.
public struct NonCoveringLookup: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "NonCoveringLookup"

  /// The rule has no settings.
  public init() {}

  /// Looks at every index scan that ran once.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let lookups = query.plan.nodes.indices.compactMap { RowLookups(node: $0, in: query) }
    return .examined(lookups.filter { !$0.isRepeated }.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for lookups: RowLookups, in query: DiagnosticCase) -> Finding? {
    lookups.finding(
      of: Self.name,
      title: """
        \(lookups.scan.table.quoted) is visited for \(Words.about(lookups.rows)) rows that \
        \(query.indexWords(lookups.scan)) has found already
        """,
      observation: """
        \(query.label(of: lookups.scan.node)) fetched \(Words.about(lookups.rows)) rows from the table.
        """, in: query)
  }
}
