import Catalog
import PlanModel
import SQLNames

/// Turns what an index could do for a wasteful scan into a cause and a remedy, or into the reason for none.
struct ScanAdvice {
  let scan: FilteredScan
  let impact: Impact
  let query: DiagnosticCase

  let demand: IndexDemand
  let verdict: IndexVerdict

  init(scan: FilteredScan, impact: Impact, query: DiagnosticCase) {
    self.scan = scan
    self.impact = impact
    self.query = query
    self.demand = IndexDemand(scan, in: query)
    self.verdict = Self.verdict(on: scan, demand: demand, in: query)
  }

  private static func verdict(
    on scan: FilteredScan, demand: IndexDemand, in query: DiagnosticCase
  ) -> IndexVerdict {
    let relation = scan.relation ?? RelationEvidence(statistics: RelationStatistics(name: scan.table))
    let advisor = IndexAdvisor(
      relation: relation, evidence: query.evidence, engine: query.engine, partitionsRead: scan.partitionsRead)
    let verdict = advisor.advice(for: demand, selectivity: scan.selectivity)
    guard case .propose(_, let benefit) = verdict, !benefit.stopsEarly, !benefit.isCovering,
      scan.selectivity > IndexAdvisor.largestWantedShare
    else { return verdict }
    return .notWorthwhile(
      """
      The query wants \(Words.percent(scan.selectivity)) of the rows: fetching so large a share through \
      an index costs more than reading the table once.
      """)
  }

  /// The index was there, and the planner's figures made the full scan the cheaper plan.
  var fittingIndexWasJustified: Bool {
    guard case .exists = verdict else { return false }
    return overestimate == nil && forbidding.isEmpty
  }

  /// An index that fits and is not valid: InvalidIndex says what to do.
  var invalidIndex: IndexDefinition? {
    if case .invalid(let index) = verdict { index } else { nil }
  }

  /// The index that is advised; the first of several.
  var proposal: IndexProposal? {
    if case .propose(let proposal, _) = verdict { proposal } else { nil }
  }

  /// An index that has the wanted columns, but others before them: WrongLeadingColumn says what to do.
  var indexInOtherOrder: IndexDefinition? {
    guard let first = proposal?.keys.first else { return nil }
    return MisorderedIndex.holding(first, among: scan.relation?.indexes ?? [], without: demand)
  }

  // MARK: Cause

  var cause: Cause {
    switch verdict {
    case .propose: missingIndex
    case .exists(let index): passedOver(index)
    case .invalid(let index): unusable(index)
    case .notWorthwhile(let reason): unavoidable(reason)
    }
  }

  /// Stale statistics of the table explain a wrong estimate, when they are proven.
  var explainedBy: ProblemKey? {
    guard case .exists = verdict else { return nil }
    let costly = query.diagnosedEstimates.first {
      !scan.nodes.filter($0.misestimate.costlyNodes.contains).isEmpty
    }
    return costly?.fault?.key
      ?? StaleTable(relation: scan.relation).map { ProblemKey(StaleStatistics.name, $0.relation.name.label) }
  }

  private var missingIndex: Cause {
    if case .propose(_, let benefit) = verdict, let index = benefit.extends { return tooFar(index) }
    guard let indexes = scan.relation?.indexes else {
      return Cause(
        ["The plan reads the whole table; which indexes it has was not seen."], basis: .unverified,
        falsifier: "an index on \(columnList) exists and the planner had a reason to pass it over",
        check: CheckQueries.indexes(of: scan.table).text)
    }
    return Cause(
      ["No index of \(scan.tableLabel) serves \(search). \(described(indexes))"] + shortcomings(indexes),
      basis: .supportedByCatalog,
      falsifier: "after building the index the plan still shows the full scan")
  }

  private func tooFar(_ index: IndexDefinition) -> Cause {
    Cause(
      [
        """
        \(index.words) leads to the rows, but they lie all over the table: by the planner's cost model fetching them \
        from there costs as much as reading it in full. With the columns that the query needs beside its keys the \
        index alone is enough.
        """
      ], basis: .supportedByCatalog,
      falsifier: "after building the index the plan shows no Index Only Scan of it")
  }

  private func shortcomings(_ indexes: [IndexDefinition]) -> [String] {
    guard case .propose(let proposal, _) = verdict else { return [] }
    return ExistingIndexes(indexes: indexes, conditions: demand.statedConditions)
      .shortcomings(for: proposal.keys)
  }

  private var search: String {
    scan.target.columns.isEmpty && scan.isForExtreme
      ? "the order of \(Words.list(demand.ordering.map(\.words)))" : "a search by \(columnList)"
  }

  private func passedOver(_ index: IndexDefinition) -> Cause {
    let estimate = overestimate.map { " It expected \(Words.ratio($0)) as many rows as there were." } ?? ""
    let settings = forbidding.isEmpty ? "" : " \(Words.list(forbidding.map { "\($0.name) is off" }))."
    return Cause(
      ["The index \(index.name) fits, but the planner passed it over.\(estimate)\(settings)"],
      basis: scan.relation?.rowCount == nil ? .inferredFromPlan : .supportedByCatalog,
      falsifier: "with a right estimate the planner still prefers the full scan")
  }

  /// Settings of the session that keep the planner from indexes.
  private var forbidding: [SessionSetting] {
    ["enable_indexscan", "enable_bitmapscan"].filter { query.evidence.setting($0) == "off" }
      .map { SessionSetting($0, "on") }
  }

  private func unusable(_ index: IndexDefinition) -> Cause {
    Cause(
      ["The index \(index.name) fits but is not valid: it is still being built, or its build failed."],
      basis: .supportedByCatalog, falsifier: "pg_index.indisvalid of \(index.name) is true")
  }

  private func unavoidable(_ reason: String) -> Cause {
    Cause(
      [reason], basis: scan.relation?.indexes == nil ? .inferredFromPlan : .supportedByCatalog,
      falsifier: "an index makes this query at least a fifth faster all the same")
  }

  private func described(_ indexes: [IndexDefinition]) -> String {
    guard !indexes.isEmpty else { return "It has no index at all." }
    let shown = indexes.prefix(6).map(\.words)
    let rest = indexes.count > 6 ? " and \(indexes.count - 6) more" : ""
    return "It has \(Words.list(shown))\(rest)."
  }

  private var columnList: String {
    let columns = scan.target.columns.sorted()
    return columns.isEmpty ? "what the filter tests" : Words.list(columns.map { SQLIdentifier($0).quoted })
  }

  /// By how much the planner overestimated the rows, where that is significant.
  private var overestimate: Double? {
    guard let comparison = scan.comparisons(in: query).first,
      comparison.estimated > comparison.actual, comparison.error >= EstimationError.leastError
    else { return nil }
    return comparison.error
  }

  // MARK: Remedy

  var remedies: [Remedy] {
    guard case .propose(let proposal, let benefit) = verdict else { return settingsRemedy }
    return ([proposal] + benefit.beside).map { one in
      IndexRemedy(proposal: one, benefit: benefit, relation: scan.relation, notYetUsed: notYetUsed)
        .remedy(impact: impact, rationale: rationale(proposal, benefit))
    }
  }

  /// The index is there and forbidden.
  private var settingsRemedy: [Remedy] {
    guard case .exists(let index) = verdict, !forbidding.isEmpty else { return [] }
    let source = "the time in the captured plan of what the index replaces; not tried"
    return [
      Remedy(
        .set(forbidding), rationale: "The planner may then use \(index.name).",
        expectation: impact.milliseconds.map { .computed(upTo: $0, from: source) }
          ?? .computedCost(upToShare: impact.share, from: source))
    ]
  }

  /// By its present estimate the planner would not take the index: said, not left out, since the estimate is
  /// another finding's.
  private var notYetUsed: String? {
    guard let overestimate, scan.nodes.count == 1 else { return nil }
    return """
      The planner expects \(Words.ratio(overestimate)) as many rows as there are; while it does, it may pass the \
      index over.
      """
  }

  var noRemedy: String? {
    switch verdict {
    case .propose: nil
    case .exists(let index):
      forbidding.isEmpty ? "No index is advised: \(index.name) serves these columns already." : nil
    case .invalid(let index): "Wait for the build of \(index.name) to end, or drop it and build it again."
    case .notWorthwhile(let reason): "No index is advised. \(reason)"
    }
  }

  private func rationale(_ proposal: IndexProposal, _ benefit: IndexBenefit) -> String {
    let columns = proposal.keys.map(\.words).joined(separator: ", ")
    guard benefit.isFounded else { return "An index on (\(columns)) leads to the wanted rows alone." }
    if !benefit.beside.isEmpty {
      return
        "Each branch of the OR gets an index of its own, and a bitmap of both leads to about \(Words.counted(benefit.rowsRead, "row"))."
    }
    return """
      Through an index on (\(columns)) about \(Words.counted(benefit.rowsRead, "row")) are read instead \
      of \(Words.count(scan.rowsRead)).
      """
  }
}

extension DiagnosticCase {
  /// The planner's estimates of single conditions of a scan; `nil` where nothing is known of its table.
  func estimator(of scan: Int) -> ClauseEstimator? {
    guard let table = plannerTable(of: scan), let label = plan.nodes[scan].relation?.label else {
      return nil
    }
    return ClauseEstimator(table: table, label: label)
  }

  /// What a scan's conditions would ask of an index.
  func demand(of predicates: [ScanPredicate], at scan: Int) -> IndexDemand {
    var demand = IndexDemand(
      predicates, relation: relation(of: scan), estimator: estimator(of: scan))
    demand.needed = neededColumns(of: scan)
    return demand
  }
}

extension IndexDemand {
  /// What a filtered full scan would ask of an index.
  init(_ scan: FilteredScan, in query: DiagnosticCase) {
    self.init(parts: scan.parts, nodes: scan.nodes, in: query)
    if let order = query.wantedOrder(above: scan.nodes[0]), scan.nodes.count == 1 {
      ordering = order.keys
      limit = order.limit
    }
  }

  /// The demand of several scans as one: their selectivities count by the rows that they read.
  private init(parts: [FilteredScan.Part], nodes: [Int], in query: DiagnosticCase) {
    let demands = parts.map { part in
      IndexDemand(part.predicates, relation: part.relation, estimator: query.estimator(of: part.node))
    }
    self = demands[0]
    let wanted = nodes.map(query.neededColumns)
    if !wanted.contains(nil) { needed = wanted.reduce(into: Set()) { $0.formUnion($1 ?? []) } }
    guard parts.count > 1 else { return }
    let rows = parts.map(\.rows)
    let bounding = demands.map { $0.equalities + $0.ranges }
    equalities = Self.averaged(demands.map(\.equalities), over: rows)
    ranges = Self.averaged(bounding, over: rows).filter { range in
      !equalities.contains { $0.column == range.column }
    }
    hasOtherPredicates = demands.contains { $0.hasOtherPredicates }
    statedConditions = demands.reduce(statedConditions) { $0.intersection($1.statedConditions) }
    exclusions = exclusions.filter { one in
      demands.allSatisfy { $0.exclusions.contains { $0.state == one.state } }
    }
  }

  /// The columns that all of them compare.
  private static func averaged(_ demands: [[ColumnDemand]], over rows: [Double]) -> [ColumnDemand] {
    let total = max(rows.reduce(0, +), 1)
    return demands[0].compactMap { column in
      let same = demands.compactMap { $0.first { $0.column == column.column } }
      guard same.count == demands.count else { return nil }
      let shares = zip(same, rows).compactMap { demand, rows in demand.selectivity.map { $0 * rows / total } }
      var average = column
      average.selectivity = shares.count == demands.count ? shares.reduce(0, +) : nil
      // Half of them ask for rows in another state: no index over those in one serves all.
      average.state = same.allSatisfy { $0.state == column.state } ? column.state : nil
      average.isList = same.contains(where: \.isList)
      average.isTied = same.contains(where: \.isTied)
      return average
    }
  }
}
