import Catalog
import PlanModel

/// Finds index scans whose filter throws away most of the rows that the index led to.
///
/// ## Why it matters
/// Each of those rows was looked up in the table, one random block at a time, to be discarded there. With the
/// filter's column in the index they would not have been touched.
///
/// ## Formula
/// waste = removed / (removed + returned), over all loops and processes, of an Index Scan, an Index Only Scan or
/// a Bitmap Heap Scan; the storage filters of Aurora DSQL count as removed. Impact is the scan's own time and that
/// of its bitmap.
///
/// ## Thresholds
/// - waste over 50% (plan-math.md, "high")
/// - impact at least 5%: below that the finding would be LOW, and every index slows writes
/// - 1,000 rows in the table: a smaller one is a few pages
/// - the planner's cost model prefers the new index by at least 20% (experiments.md)
///
/// ## Silent when
/// The scan is one that a LIMIT stops (OrderLimitWrongIndex), an index on all of the columns exists (the estimate
/// decides), or the filter cannot be a key.
///
/// ## Remedies
/// One index: equality columns first, most selective first, then one range. Where it starts with the keys of the
/// index that was used, it can replace that one. Not tried: the index does not exist; judged by the planner's cost
/// model over the table's statistics.
///
/// ## Known limits
/// What a bitmap scan rechecks on lossy blocks is LossyBitmap's.
public struct IndexFilterWaste: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "IndexFilterWaste"
  /// Share of the rows read that must be discarded.
  static let leastWaste = 0.5
  /// Share of the execution that the scan must take.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every index scan that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let wasteful = query.plan.nodes.indices.compactMap { IndexedScan(node: $0, in: query) }.filter {
      $0.waste > Self.leastWaste && query.limitWithoutSort(above: $0.node) == nil
    }
    let findings = wasteful.compactMap { WastefulIndexScan($0, in: query) }
    return .examined(findings.grouped(by: \.proposal).compactMap { finding(for: $0, in: query) })
  }

  /// The scans of several partitions, or of one table in several places, that one index serves.
  private func finding(for scans: [WastefulIndexScan], in query: DiagnosticCase) -> Finding? {
    let nodes = scans.flatMap(\.scan.blamedNodes)
    let impact = query.impact(ofOwnTimeOf: nodes)
    let worst = scans[0]
    guard impact.share >= Self.leastShare, worst.scan.tableRows >= IndexAdvisor.leastTableRows else {
      return nil
    }
    let writer = IndexRemedy(
      proposal: worst.proposal, benefit: worst.benefit, relation: worst.scan.relation)
    return Finding(
      rule: Self.name, title: title(worst, in: query), blamedNodes: nodes, impact: impact,
      observations: scans.map { observation($0, in: query) }, measurements: worst.scan.measurements,
      cause: cause(worst), remedies: [writer.remedy(impact: impact, rationale: rationale(worst))],
      key: ProblemKey(Self.name, "\(worst.scan.node)"))
  }

  // MARK: Words

  private func title(_ found: WastefulIndexScan, in query: DiagnosticCase) -> String {
    """
    \(query.indexWords(found.scan)) leads to rows of \(found.scan.table.quoted) of which the filter discards \
    \(Words.percent(found.scan.waste))
    """
  }

  private func observation(_ found: WastefulIndexScan, in query: DiagnosticCase) -> String {
    let scan = found.scan
    let times = scan.loops > 1 ? " in \(Words.count(scan.loops)) loops" : ""
    return """
      \(query.label(of: scan.node)) fetched \(Words.about(scan.rowsRead)) rows\(times) and discarded \
      \(Words.about(scan.rowsRemoved)) of them by its filter.
      """
  }

  private func cause(_ found: WastefulIndexScan) -> Cause {
    let tested = Words.list(found.filteredColumns.map { IndexKey($0).words })
    guard let index = found.scan.index else {
      return Cause(
        ["\(tested) is tested on every row that was fetched; the definition of the index was not seen."],
        basis: .inferredFromPlan, falsifier: "the index has \(tested) among its keys already",
        check: CheckQueries.indexes(of: found.scan.table).text)
    }
    return Cause(
      ["\(index.words) finds by \(found.boundWords), and \(tested) is tested on every row that it leads to."],
      basis: .supportedByCatalog, falsifier: "after building the index the filter still discards as many rows"
    )
  }

  private func rationale(_ found: WastefulIndexScan) -> String {
    let keys = found.proposal.keys.map(\.words).joined(separator: ", ")
    return "An index on (\(keys)) leads to the rows that pass the filter, and to few others."
  }
}

/// An index scan that wastes, with the index that would not.
struct WastefulIndexScan {
  let scan: IndexedScan
  let proposal: IndexProposal
  let benefit: IndexBenefit

  /// `nil` where no better index is to be had.
  init?(_ scan: IndexedScan, in query: DiagnosticCase) {
    let tests = scan.bounds + scan.filters
    let demand = query.demand(of: tests, at: scan.node)
    let advisor = IndexAdvisor(
      relation: scan.known, evidence: query.evidence, engine: query.engine)
    let before = scan.cost(of: scan.rowsRead / scan.passes, filters: scan.filters.count, by: advisor)
    let verdict =
      tests.contains(where: \.dependsOnOuter)
      ? advisor.advice(
        forLookups: scan.passes, rowsEach: scan.rowsReturned / scan.passes, demand: demand,
        costBefore: before, isReadInFull: false)
      : advisor.advice(for: demand, selectivity: Self.wanted(scan), costBefore: before)
    guard case .propose(let proposal, let benefit) = verdict, benefit.extends == nil,
      Self.adds(proposal, to: scan)
    else { return nil }
    self.scan = scan
    self.proposal = proposal
    self.benefit = benefit
  }

  /// Share of the table's rows that come out of one pass.
  private static func wanted(_ scan: IndexedScan) -> Double {
    min(scan.rowsReturned / scan.passes / max(scan.tableRows, 1), 1)
  }

  /// A column that the filter tests is among its keys, or in its condition.
  private static func adds(_ proposal: IndexProposal, to scan: IndexedScan) -> Bool {
    proposal.predicate != nil
      || scan.filters.contains { filter in proposal.keys.contains { $0.text == filter.column } }
  }

  /// Columns that the filter tests and the proposal finds by.
  var filteredColumns: [String] {
    let columns = scan.filters.compactMap(\.column).filter { column in
      proposal.keys.contains { $0.text == column } || proposal.predicate != nil
    }
    return columns.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  var boundWords: String {
    let columns = Set(scan.bounds.compactMap(\.column)).sorted()
    return columns.isEmpty ? "nothing" : Words.list(columns.map { IndexKey($0).words })
  }
}

extension DiagnosticCase {
  /// `Index orders_status_idx`, or of a bitmap of several the kind of node.
  func indexWords(_ scan: IndexedScan) -> String {
    let names = scan.blamedNodes.compactMap { plan.nodes[$0].indexName }
    return names.isEmpty ? plan.nodes[scan.node].type.name : "Index \(Words.list(names))"
  }
}
