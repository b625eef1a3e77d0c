import Catalog
import PlanModel
import SQLNames

/// Turns what an index could do for a wasteful scan into a cause and a remedy, or into the reason for none.
struct ScanAdvice {
  let scan: FilteredScan
  let impact: Impact
  let query: DiagnosticCase

  private let demand: IndexDemand
  private let verdict: IndexVerdict

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
    guard case .propose(_, let benefit) = verdict, !benefit.stopsEarly,
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
    return overestimate == nil
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
    guard let indexes = scan.relation?.indexes else {
      return Cause(
        ["The plan reads the whole table; which indexes it has was not seen."], basis: .unverified,
        falsifier: "an index on \(columnList) exists and the planner had a reason to pass it over",
        check: CheckQueries.indexes(of: scan.table).text)
    }
    return Cause(
      ["No index of \(scan.tableLabel) serves a search by \(columnList). \(described(indexes))"],
      basis: .supportedByCatalog,
      falsifier: "after building the index the plan still shows the full scan")
  }

  private func passedOver(_ index: IndexDefinition) -> Cause {
    let estimate = overestimate.map { " It expected \(Words.ratio($0)) as many rows as there were." } ?? ""
    return Cause(
      ["The index \(index.name) fits, but the planner passed it over.\(estimate)"],
      basis: scan.relation?.rowCount == nil ? .inferredFromPlan : .supportedByCatalog,
      falsifier: "with a right estimate the planner still prefers the full scan")
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
    guard case .propose(let proposal, let benefit) = verdict else { return [] }
    let writer = IndexRemedy(proposal: proposal, benefit: benefit, relation: scan.relation)
    return [writer.remedy(impact: impact, rationale: rationale(proposal, benefit))]
  }

  var noRemedy: String? {
    switch verdict {
    case .propose: nil
    case .exists(let index): "No index is advised: \(index.name) serves these columns already."
    case .invalid(let index): "Wait for the build of \(index.name) to end, or drop it and build it again."
    case .notWorthwhile(let reason): "No index is advised. \(reason)"
    }
  }

  private func rationale(_ proposal: IndexProposal, _ benefit: IndexBenefit) -> String {
    let columns = proposal.keys.map(\.words).joined(separator: ", ")
    guard benefit.isFounded else { return "An index on (\(columns)) leads to the wanted rows alone." }
    return """
      Through an index on (\(columns)) about \(Words.counted(benefit.rowsRead, "row")) are read instead \
      of \(Words.count(scan.rowsRead)).
      """
  }
}

extension IndexDemand {
  /// What a filtered full scan would ask of an index.
  init(_ scan: FilteredScan, in query: DiagnosticCase) {
    self.init(parts: scan.parts)
    if let order = query.wantedOrder(above: scan.nodes[0]), scan.nodes.count == 1 {
      ordering = order.keys
      limit = order.limit
    }
  }

  /// The demand of partitions as one: their selectivities count by the rows that they have.
  private init(parts: [FilteredScan.Part]) {
    let demands = parts.map { IndexDemand($0.predicates, relation: $0.relation) }
    self = demands[0]
    guard parts.count > 1 else { return }
    let rows = parts.map(\.rows)
    equalities = Self.averaged(demands.map(\.equalities), over: rows)
    ranges = Self.averaged(demands.map(\.ranges), over: rows)
  }

  private static func averaged(_ demands: [[ColumnDemand]], over rows: [Double]) -> [ColumnDemand] {
    let total = max(rows.reduce(0, +), 1)
    return demands[0].map { column in
      let shares = zip(demands, rows).compactMap { demand, rows in
        demand.first { $0.column == column.column }?.selectivity.map { $0 * rows / total }
      }
      var average = column
      average.selectivity = shares.count == demands.count ? shares.reduce(0, +) : nil
      return average
    }
  }

  /// The columns that predicates fix or bound, each with the selectivity that was counted for it.
  init(_ predicates: [ScanPredicate], relation: RelationEvidence?) {
    func demands(_ uses: ScanPredicate.Use...) -> [ColumnDemand] {
      let fitting = predicates.filter { uses.contains($0.use) && $0.column != nil }
      let columns = Dictionary(grouping: fitting) { $0.column ?? "" }
      return columns.sorted { $0.key < $1.key }.map { column, predicates in
        ColumnDemand(
          column: column, selectivity: relation?.selectivity(of: predicates.map(\.text)),
          expressionColumn: predicates.first?.expressionColumn,
          isList: !predicates.contains { $0.use == .equality })
      }
    }
    equalities = demands(.equality, .membership)
    let fixed = Set(equalities.map(\.column))
    hasOtherPredicates = predicates.contains { $0.use == .none || $0.column == nil }
    ranges = demands(.range).filter { !fixed.contains($0.column) }
  }
}
