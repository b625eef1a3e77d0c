import Catalog
import PlanModel

/// Finds sorts whose order an index could give.
///
/// ## Why it matters
/// A sort reads all of its rows before it returns the first one. An index keeps them in order: groups, DISTINCT
/// and window functions take them as they come, and a LIMIT stops after the rows that it wants.
///
/// ## Formula
/// A Sort by columns of one table, for ORDER BY, LIMIT, a sorted Aggregate, Unique or WindowAgg, not for a merge
/// join; between it and the scan of that table nothing but outer sides of nested loops and, below a LIMIT, hash
/// joins whose other side has an index on the join's column. Impact is the sort's own time; below a LIMIT, which
/// the order would let stop, that of the scan and of the joins between as well.
///
/// ## Thresholds
/// - 20% of the execution (rules.md)
/// - 1,000 rows in the table: a smaller one is a few pages
/// - the planner's cost model prefers reading along the index to scan and sort by at least 20% (experiments.md)
///
/// ## Silent when
/// Reading the table along the index costs more than sorting it, as it does for many rows that lie in another
/// order; an index with the order exists; the sort went to disk, and the index neither lets a LIMIT stop nor is
/// enough by itself (SortSpill); or the scan below a LIMIT discards most of what it reads (FullScanFilterWaste
/// advises an index with the order).
///
/// ## Remedies
/// One index: equality columns of the filter, then the sort's columns, with the columns that make an index-only
/// scan of it where these are few and narrow. Not tried: the index does not exist; judged by the planner's cost
/// model over the table's statistics.
///
/// ## Known limits
/// Orders by expressions and by columns of several tables are not proposed.
public struct SortAvoidable: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "SortAvoidable"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.2

  /// The rule has no settings.
  public init() {}

  /// Looks at every sort that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(
      query.plan.nodes.indices.compactMap { node in
        AvoidableSort(node: node, in: query).flatMap { finding(for: $0, in: query) }
      })
  }

  private func finding(for sort: AvoidableSort, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: sort.blamedNodes)
    guard impact.share >= Self.leastShare, !isOthers(sort, in: query),
      case .propose(let proposal, let benefit) = sort.verdict(in: query), benefit.extends == nil,
      benefit.stopsEarly || benefit.isCovering || SpilledSort(node: sort.sort, in: query) == nil
    else { return nil }
    let writer = IndexRemedy(
      proposal: proposal, benefit: benefit, relation: query.relation(of: sort.scan))
    return Finding(
      rule: Self.name, title: title(sort, proposal, in: query), blamedNodes: sort.blamedNodes,
      impact: impact,
      observations: [observation(sort, in: query)],
      measurements: [
        Measurement("rows sorted", sort.rowsSorted(in: query), source: "actual rows × loops of its input")
      ],
      cause: cause(sort, proposal, in: query),
      remedies: [writer.remedy(impact: impact, rationale: rationale(proposal, benefit))],
      key: ProblemKey(Self.name, "\(sort.sort)"))
  }

  /// Whether another rule deals with the same work.
  private func isOthers(_ sort: AvoidableSort, in query: DiagnosticCase) -> Bool {
    sort.limit != nil
      && FullScanFilterWaste.wastefulScans(in: query).contains { $0.nodes.contains(sort.scan) }
  }

  // MARK: Words

  private func keyWords(_ sort: AvoidableSort, in query: DiagnosticCase) -> String {
    query.plan.nodes[sort.sort][.sortKey] ?? Words.list(sort.keys.map(\.words))
  }

  private func title(
    _ sort: AvoidableSort, _ proposal: IndexProposal, in query: DiagnosticCase
  ) -> String {
    let rows = Words.counted(sort.rowsSorted(in: query), "row")
    guard let limit = sort.limit else {
      return
        "\(rows) are sorted by \(keyWords(sort, in: query)): no index of \(proposal.table.quoted) gives that order"
    }
    return """
      \(rows) are read and sorted by \(keyWords(sort, in: query)) to return \(Words.count(limit)): no index of \
      \(proposal.table.quoted) gives that order
      """
  }

  private func observation(_ sort: AvoidableSort, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: sort.sort)) by \(keyWords(sort, in: query)) took \
    \(Words.milliseconds(query.ownTime(of: sort.sort))) of its own for \
    \(Words.counted(sort.rowsSorted(in: query), "row")) of \(query.label(of: sort.scan)).
    """
  }

  private func cause(_ sort: AvoidableSort, _ proposal: IndexProposal, in query: DiagnosticCase) -> Cause {
    guard let indexes = query.relation(of: sort.scan)?.indexes else {
      return Cause(
        ["Which indexes \(proposal.table.quoted) has was not seen."], basis: .unverified,
        falsifier: "an index with this order exists", check: CheckQueries.indexes(of: proposal.table).text)
    }
    let shown = indexes.prefix(6).map(\.words)
    let described = indexes.isEmpty ? "It has no index at all." : "It has \(Words.list(shown))."
    return Cause(
      ["No index of \(proposal.table.quoted) has its rows in this order. \(described)"],
      basis: .supportedByCatalog, falsifier: "after building the index the plan still sorts")
  }

  private func rationale(_ proposal: IndexProposal, _ benefit: IndexBenefit) -> String {
    let keys = proposal.keys.map(\.words).joined(separator: ", ")
    let stop = benefit.stopsEarly ? ", and the LIMIT stops after the rows that it wants" : ""
    let enough =
      proposal.includedColumns.isEmpty
      ? "; it has all that is wanted, so that the table is hardly visited"
      : "; with the included columns the table is hardly visited"
    let alone = benefit.isCovering ? enough : ""
    return "Along an index on (\(keys)) the rows come in this order\(stop)\(alone)."
  }
}
