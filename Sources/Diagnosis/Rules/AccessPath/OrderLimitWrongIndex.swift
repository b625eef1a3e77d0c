import Catalog
import PlanModel
import Statements

/// Finds scans that walk along an index for its order, under a LIMIT, and throw away nearly all they meet.
///
/// ## Why it matters
/// The order spares a sort and lets the LIMIT stop early, if matching rows are met soon. Where they are rare, or
/// all lie at the other end, the walk passes most of the table, one random block at a time. `min` and `max` are
/// run in the same way.
///
/// ## Formula
/// An Index Scan or Index Only Scan whose order a LIMIT above it takes as it comes, no Sort between them, that
/// discarded at least 100 rows by its filter for each row that it returned. Impact is the scan's own time.
///
/// ## Thresholds
/// - 100 rows discarded for each returned (rules.md); none returned counts as one
/// - impact at least 5%
/// - 1,000 rows in the table: a smaller one is a few pages
/// - the planner's cost model prefers the new index by at least 20% (experiments.md)
///
/// ## Silent when
/// Matching rows are met soon, or an index on the filter's columns with this order exists.
///
/// ## Remedies
/// One index: the filter's equality columns, then the order, so that the walk meets matching rows only; or the
/// filter's columns alone, where so few rows match that sorting them is cheaper. Not tried: the index does not
/// exist; judged by the planner's cost model over counts and statistics.
///
/// ## Known limits
/// Rows that a join above the scan discards are not this rule's. Without the statement the order is taken from the
/// index that is walked.
public struct OrderLimitWrongIndex: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "OrderLimitWrongIndex"
  /// Rows discarded for each row returned.
  static let leastDiscardedPerReturned = 100.0
  /// Share of the execution that the scan must take.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every index scan below a LIMIT.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let walks = query.plan.nodes.indices.compactMap { OrderedWalk(node: $0, in: query) }.filter {
      $0.scan.rowsRemoved >= Self.leastDiscardedPerReturned * max($0.scan.rowsReturned, 1)
    }
    return .examined(walks.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for walk: OrderedWalk, in query: DiagnosticCase) -> Finding? {
    let impact = walk.scan.impact(in: query)
    guard impact.share >= Self.leastShare, walk.scan.tableRows >= IndexAdvisor.leastTableRows,
      case .propose(let proposal, let benefit) = walk.verdict(in: query), benefit.extends == nil
    else { return nil }
    let writer = IndexRemedy(proposal: proposal, benefit: benefit, relation: walk.scan.relation)
    return Finding(
      rule: Self.name, title: title(walk, in: query), blamedNodes: walk.scan.blamedNodes, impact: impact,
      observations: [observation(walk, in: query)], measurements: walk.scan.measurements,
      cause: cause(walk),
      remedies: [writer.remedy(impact: impact, rationale: rationale(proposal, benefit))],
      key: ProblemKey(Self.name, "\(walk.scan.node)"))
  }

  // MARK: Words

  private func title(_ walk: OrderedWalk, in query: DiagnosticCase) -> String {
    """
    \(query.indexWords(walk.scan)) is walked for its order through \(Words.counted(walk.scan.rowsRead, "row")) \
    of \(walk.scan.table.quoted) to find \(Words.count(walk.scan.rowsReturned))
    """
  }

  private func observation(_ walk: OrderedWalk, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: walk.limit)) took \(Words.counted(walk.taken, "row")) of \
    \(query.label(of: walk.scan.node)), which discarded \(Words.about(walk.scan.rowsRemoved)) by its filter on the way.
    """
  }

  private func cause(_ walk: OrderedWalk) -> Cause {
    let tested = Set(walk.scan.filters.compactMap(\.column)).sorted().map { IndexKey($0).words }
    let order = Words.list(walk.order.map(\.words))
    let isCounted = walk.scan.relation?.rowCount != nil
    return Cause(
      [
        """
        The index gives the order by \(order), but nothing of \(Words.list(tested)): the planner expected rows that \
        match to be spread evenly along it and the LIMIT to be filled soon.
        """
      ], basis: isCounted ? .supportedByCatalog : .inferredFromPlan,
      falsifier: "after building the index the scan still discards a hundred rows for each that it returns")
  }

  private func rationale(_ proposal: IndexProposal, _ benefit: IndexBenefit) -> String {
    let keys = proposal.keys.map(\.words).joined(separator: ", ")
    return benefit.stopsEarly
      ? "An index on (\(keys)) has the matching rows side by side in the wanted order: the LIMIT stops after its rows."
      : "An index on (\(keys)) leads to the few rows that match; sorting those costs less than the walk."
  }
}

/// A scan along an index whose order a LIMIT takes.
struct OrderedWalk {
  let scan: IndexedScan
  let limit: Int
  /// Rows that the LIMIT took.
  let taken: Double
  /// The order that is wanted.
  let order: [IndexKey]

  /// `nil` for other nodes, and where nothing is filtered.
  init?(node: Int, in query: DiagnosticCase) {
    guard let limit = query.limitWithoutSort(above: node), let scan = IndexedScan(node: node, in: query),
      query.plan.nodes[node].type.name != "Bitmap Heap Scan", scan.rowsRemoved > 0
    else { return nil }
    self.scan = scan
    self.limit = limit
    taken = max(query.totalRows(of: limit), 1)
    order = query.orderTaken(of: scan)
  }

  func verdict(in query: DiagnosticCase) -> IndexVerdict {
    let advisor = IndexAdvisor(
      relation: scan.known, evidence: query.evidence, engine: query.engine)
    var demand = query.demand(of: scan.bounds + scan.filters, at: scan.node)
    demand.ordering = order
    demand.limit = taken / scan.passes
    let before = scan.cost(of: scan.rowsRead / scan.passes, filters: scan.filters.count, by: advisor)
    guard !(scan.bounds + scan.filters).contains(where: \.dependsOnOuter) else {
      return advisor.advice(
        forLookups: scan.passes, rowsEach: scan.rowsReturned / scan.passes, demand: demand,
        costBefore: before,
        isReadInFull: false)
    }
    return advisor.advice(for: demand, selectivity: matchingShare(in: query), costBefore: before)
  }

  /// Share of the table's rows that match: counted, else expected, else as the walk met them.
  private func matchingShare(in query: DiagnosticCase) -> Double {
    let predicates = scan.bounds + scan.filters
    let counted = scan.relation?.selectivity(of: predicates.map(\.text))
    let expected = query.estimator(of: scan.node)?.product(of: predicates.compactMap(\.source)).selectivity
    return counted ?? expected ?? scan.rowsReturned / max(scan.rowsRead, 1)
  }
}

extension DiagnosticCase {
  /// Nodes that keep an order and leave out none of the rows.
  private static let keepingOrder: Set<String> = [
    "Result", "Subquery Scan", "LockRows", "Gather Merge", "Merge Append", "Append",
  ]

  /// The LIMIT that takes a scan's rows as they come; `nil` with a Sort in between.
  func limitWithoutSort(above scan: Int) -> Int? {
    var child = scan
    for ancestor in plan.ancestors(of: scan) {
      let type = plan.nodes[ancestor].type
      if type.name == "Limit" { return ancestor }
      let isOuter = type.isNestedLoop && inputs(of: ancestor).first == child
      guard isOuter || Self.keepingOrder.contains(type.name), plan.nodes[child].relationship.isMember else {
        return nil
      }
      child = ancestor
    }
    return nil
  }

  /// The order for which an index is walked: the statement's, else that of the first key that its condition
  /// leaves open.
  func orderTaken(of scan: IndexedScan) -> [IndexKey] {
    let stated = statedOrder(of: scan.node)
    guard stated.isEmpty else { return stated }
    let fixed = Set(scan.bounds.filter { $0.use == .equality }.compactMap(\.column))
    let open = scan.index?.keys.first { !fixed.contains($0.text) && !$0.isExpression }
    return open.map { [IndexKey($0.text)] } ?? []
  }

  private func statedOrder(of scan: Int) -> [IndexKey] {
    guard let statement, let label = plan.nodes[scan].relation?.label,
      let table = statement.table(labelled: label)
    else { return [] }
    let terms = statement.blocks[table.block].ordering
    let keys = terms.compactMap { term -> IndexKey? in
      guard let column = term.expression.column, column.belongs(to: label), !term.hasOperator else {
        return nil
      }
      return IndexKey(column.name, isDescending: term.isDescending, nullsFirst: term.sortsNullsFirst)
    }
    return keys.count == terms.count ? keys : []
  }
}
