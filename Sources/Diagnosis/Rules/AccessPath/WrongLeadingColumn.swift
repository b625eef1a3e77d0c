import Catalog
import PlanModel

/// Finds searches by a column that an index has, but behind others that the search does not fix.
///
/// ## Why it matters
/// A B-tree is ordered by its first column. A condition on a later one alone bounds nothing: all of the index is
/// read, or all of the table.
///
/// ## Formula
/// Either a full scan that discards most of its rows (FullScanFilterWaste) and whose best index would begin with a
/// column that an existing index has in a later place; or an index scan whose Index Cond says nothing of the first
/// key of its index. Impact is the scan's own time.
///
/// ## Thresholds
/// - those of FullScanFilterWaste for a full scan
/// - impact at least 5%, and 1,000 rows in the table, for an index scan
/// - the planner's cost model prefers the new index by at least 20% (experiments.md)
///
/// ## Silent when
/// The first key is bounded too, an index that leads with the column exists, or few rows would be spared.
///
/// ## Remedies
/// One index that begins with the searched column. The old one stays: what it was built for is not in this plan.
/// Not tried: the index does not exist; judged by the planner's cost model.
///
/// ## Known limits
/// From PostgreSQL 18 on an index may be read by skipping over its first column, where that has few values.
public struct WrongLeadingColumn: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "WrongLeadingColumn"
  /// Share of the execution that an index scan must take.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every wasteful full scan and every index scan that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let scans = FullScanFilterWaste.wastefulScans(in: query)
    guard query.plan.isAnalyzed || !scans.isEmpty else { return .notExamined(.notAnalyzed) }
    let indexed = query.plan.nodes.indices.compactMap { IndexedScan(node: $0, in: query) }
    return .examined(
      scans.compactMap { finding(forFull: $0, in: query) }
        + indexed.compactMap { finding(for: $0, in: query) })
  }

  // MARK: Full scans

  private func finding(forFull scan: FilteredScan, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: scan.nodes)
    guard impact.share >= FullScanFilterWaste.leastShare else { return nil }
    let advice = ScanAdvice(scan: scan, impact: impact, query: query)
    guard let index = advice.indexInOtherOrder, let key = advice.proposal?.keys.first else { return nil }
    return Finding(
      rule: Self.name,
      title: "\(scan.tableLabel) is read in full: \(index.words) has \(key.words), but not in front",
      blamedNodes: scan.nodes, impact: impact,
      observations: [
        """
        \(query.label(of: scan.nodes[0])) read \(Words.about(scan.rowsRead)) rows and discarded \
        \(Words.about(scan.rowsRemoved)) by its filter.
        """
      ], comparisons: scan.comparisons(in: query), measurements: scan.measurements,
      cause: cause(index, key), remedies: advice.remedies, key: ProblemKey(Self.name, scan.target.description)
    )
  }

  // MARK: Index scans

  private func finding(for scan: IndexedScan, in query: DiagnosticCase) -> Finding? {
    let impact = scan.impact(in: query)
    guard impact.share >= Self.leastShare, scan.tableRows >= IndexAdvisor.leastTableRows,
      query.limitWithoutSort(above: scan.node) == nil, let index = scan.index,
      let first = index.keys.first, !scan.bounds.isEmpty,
      !scan.bounds.contains(where: \.dependsOnOuter),
      !scan.bounds.contains(where: { $0.column == first.text }), let key = searched(scan, index)
    else { return nil }
    let advisor = IndexAdvisor(relation: scan.known, evidence: query.evidence, engine: query.engine)
    let demand = query.demand(of: scan.bounds + scan.filters, at: scan.node)
    guard
      case .propose(let proposal, let benefit) = advisor.advice(
        for: demand, selectivity: min(scan.rowsReturned / scan.passes / max(scan.tableRows, 1), 1),
        costBefore: wholeIndexCost(scan, index, advisor)), benefit.extends == nil
    else { return nil }
    let writer = IndexRemedy(proposal: proposal, benefit: benefit, relation: scan.relation)
    let keys = proposal.keys.map(\.words).joined(separator: ", ")
    return Finding(
      rule: Self.name,
      title: "All of index \(index.words) is read to find by \(key.words), which it does not lead with",
      blamedNodes: scan.blamedNodes, impact: impact,
      observations: [
        """
        \(query.label(of: scan.node)) returned \(Words.counted(scan.rowsReturned, "row")); its Index Cond says \
        nothing of \(first.words), so every entry was looked at.
        """
      ], measurements: scan.measurements, cause: cause(index, key),
      remedies: [
        writer.remedy(impact: impact, rationale: "An index on (\(keys)) leads to the wanted entries alone.")
      ], key: ProblemKey(Self.name, "\(scan.node)"))
  }

  private func searched(_ scan: IndexedScan, _ index: IndexDefinition) -> IndexKey? {
    index.keys.first { key in scan.bounds.contains { $0.column == key.text } }
  }

  /// Every entry is read, and the table where entries match.
  private func wholeIndexCost(
    _ scan: IndexedScan, _ index: IndexDefinition, _ advisor: IndexAdvisor
  ) -> Double {
    let size =
      index.sizeBytes.map { IndexSize(pages: $0 / IndexSize.block, tuples: scan.tableRows) }
      ?? advisor.readSize(of: index.keys.map(\.text), including: index.includedColumns, share: 1)
    let constants = advisor.cost.constants
    let entries = size.pages * constants.randomPage + scan.tableRows * constants.cpuIndexTuple
    return entries + scan.cost(of: scan.rowsRead / scan.passes, filters: scan.filters.count, by: advisor)
  }

  // MARK: Words

  private func cause(_ index: IndexDefinition, _ key: IndexKey) -> Cause {
    let before = index.keys.prefix { $0.text != key.text }.map(\.words)
    return Cause(
      [
        """
        \(index.words) is ordered by \(Words.list(before)) first, of which the query says nothing; \(key.words) alone \
        bounds no part of it.
        """
      ], basis: .supportedByCatalog,
      falsifier: "after building an index that leads with \(key.words) the plan does not use it")
  }
}
