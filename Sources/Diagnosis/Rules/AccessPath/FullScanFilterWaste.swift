import Catalog
import PlanModel

/// Finds full scans that throw away most of the rows they read.
///
/// ## Why it matters
/// Every row is fetched and tested, and most are discarded. An index would lead to the wanted ones.
///
/// ## Formula
/// waste = removed / (removed + returned), over all loops and processes; storage filters of Aurora DSQL
/// count as removed. Below `min` or `max` of one column all rows but one are. Impact is the scan's own time: sub-plans in its filter are blamed separately. In a plan
/// without ANALYZE the planner's estimates stand for both, and the scan's cost for its time.
///
/// ## Thresholds
/// - waste over 50% (plan-math.md, "high"; 10–50% shows in the ranking only)
/// - impact at least 5%: below that the finding would be LOW, and every index slows writes
/// - the table has at least 1,000 rows: a smaller one is a few pages
/// - below a filled LIMIT, at least 100 rows read for each returned (as OrderLimitWrongIndex): a LIMIT
///   that is filled early reads little by design
///
/// ## Silent when
/// The scan returns most rows, the table is tiny, the scan is one of the repeated ones that
/// UnindexedInner explains, an index that fits exists and the planner's choice follows from its
/// estimates, or it is not valid (InvalidIndex), or has the columns in another order (WrongLeadingColumn).
///
/// ## Remedies
/// One index: equality columns first, most selective first, then one range or the order that a LIMIT, `min` or
/// `max` wants; the further columns that make an index-only scan of it, where they are few, narrow, and the
/// table's blocks all-visible; only the rows in one state, where the statement itself names the state and a tenth
/// of the rows or fewer are in it. For `a = 1 OR b = 2` one index for each branch. It is advised only when the
/// planner's own cost model would use it and no index like it exists. Over 25% of the rows wanted, none is,
/// unless it gives the order in which a LIMIT stops early, or is enough by itself. Not tried: the index does not
/// exist.
///
/// ## Known limits
/// Of expressions only well-known immutable functions of one column are indexed (`lower(email)`). Patterns
/// cannot be keys of a plain B-tree; their rules are their own.
public struct FullScanFilterWaste: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "FullScanFilterWaste"
  /// Share of the rows read that must be discarded.
  static let leastWaste = 0.5
  /// Share of the execution that the scan must take.
  static let leastShare = 0.05
  /// Rows read for each row returned, below a filled LIMIT.
  static let leastRowsReadPerReturned = 100.0

  /// The rule has no settings.
  public init() {}

  /// Looks at every full scan that ran, those of one partitioned table together.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let scans = query.plan.nodes.indices.compactMap { FilteredScan(node: $0, in: query) }
    guard query.plan.isAnalyzed || !scans.isEmpty else { return .notExamined(.notAnalyzed) }
    return .examined(Self.wastefulScans(scans, in: query).compactMap { finding(for: $0, in: query) })
  }

  /// The scans at which this rule looks, those that one index would serve together.
  static func wastefulScans(in query: DiagnosticCase) -> [FilteredScan] {
    wastefulScans(query.plan.nodes.indices.compactMap { FilteredScan(node: $0, in: query) }, in: query)
  }

  private static func wastefulScans(_ scans: [FilteredScan], in query: DiagnosticCase) -> [FilteredScan] {
    scans.filter { isWasteful($0, in: query) }.grouped(by: \.target).map(merged)
      .filter { $0.tableRows >= IndexAdvisor.leastTableRows }
  }

  private static func isWasteful(_ scan: FilteredScan, in query: DiagnosticCase) -> Bool {
    guard scan.waste > leastWaste, !RepeatedScan.isRepeated(scan.nodes[0], in: query) else {
      return false
    }
    guard query.isBelowFilledLimit(scan.nodes[0]) else { return true }
    return scan.rowsRead >= leastRowsReadPerReturned * max(scan.rowsReturned, 1)
  }

  /// The scans of several partitions, or of one table by the same predicates, are one problem.
  private static func merged(_ scans: [FilteredScan]) -> FilteredScan {
    scans.dropFirst().reduce(scans[0]) { $0.merging($1) }
  }

  private func finding(for scan: FilteredScan, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: scan.nodes)
    guard impact.share >= Self.leastShare else { return nil }
    let advice = ScanAdvice(scan: scan, impact: impact, query: query)
    // An index that fits and was passed over is not this rule's finding: the estimate decides.
    guard !advice.fittingIndexWasJustified, advice.invalidIndex == nil, advice.indexInOtherOrder == nil else {
      return nil
    }
    return Finding(
      rule: Self.name, title: title(scan), blamedNodes: scan.nodes, impact: impact,
      observations: [observation(scan, in: query)], comparisons: scan.comparisons(in: query),
      measurements: scan.measurements, cause: advice.cause, remedies: advice.remedies,
      noRemedy: advice.noRemedy, explainedBy: advice.explainedBy,
      key: ProblemKey(Self.name, scan.target.description))
  }

  // MARK: Words

  private func title(_ scan: FilteredScan) -> String {
    if scan.isForExtreme {
      return
        "Full scan of \(scan.tableLabel) reads \(Words.counted(scan.rowsRead, "row")) to find one end of their order"
    }
    let discards = scan.isEstimated ? "is expected to discard" : "discards"
    return "Full scan of \(scan.tableLabel) \(discards) \(Words.percent(scan.waste)) of the rows it reads"
  }

  private func observation(_ scan: FilteredScan, in query: DiagnosticCase) -> String {
    guard !scan.isEstimated else {
      return """
        \(query.label(of: scan.nodes[0])) is expected to read \(Words.counted(scan.rowsRead, "row")) and to \
        discard \(Words.count(scan.rowsRemoved)) by its filter; these are estimates, nothing was run.
        """
    }
    // Several loops print rounded averages: their total is not exact.
    let isExact = scan.nodes.allSatisfy { query.loops(of: $0) == 1 }
    let words = isExact ? Words.count : Words.about
    if scan.isForExtreme {
      return """
        \(query.label(of: scan.nodes[0])) read \(words(scan.rowsRead)) rows, of which min or max needs the \
        first or last one.
        """
    }
    return """
      \(query.label(of: scan.nodes[0])) read \(words(scan.rowsRead)) rows and discarded \
      \(words(scan.rowsRemoved)) by its filter, to return \(words(scan.rowsReturned)).
      """
  }
}
