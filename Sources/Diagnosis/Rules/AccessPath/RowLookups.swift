import Catalog
import PlanModel

/// Rows that an index scan fetches from the table one by one, for columns that the index lacks.
struct RowLookups {
  /// plan-math.md, "Storage lookups (point reads)": more than this is flagged.
  static let mostLookups = 10_000.0
  /// Where a block has more of them, the rows lie together, and a block is read once for all.
  static let mostRowsPerBlock = 10.0
  /// Share of the execution that they must take.
  static let leastShare = 0.05

  let scan: IndexedScan
  /// Rows fetched, over all loops and processes.
  let rows: Double

  /// `nil` for other nodes, for scans whose filter is what wastes, and for those that fetch few rows.
  init?(node: Int, in query: DiagnosticCase) {
    guard let scan = IndexedScan(node: node, in: query), scan.waste <= IndexFilterWaste.leastWaste,
      query.plan.nodes[node].type.name != "Index Only Scan", scan.rowsRead > Self.mostLookups,
      query.engine.hasTableMaintenance || Self.looksUpStorage(node, in: query)
    else { return nil }
    self.scan = scan
    rows = scan.rowsRead
  }

  /// Aurora DSQL prints the lookups as a branch of their own.
  private static func looksUpStorage(_ node: Int, in query: DiagnosticCase) -> Bool {
    query.plan.subtree(of: node).contains { query.plan.nodes[$0].type.name == "Storage Lookup" }
  }

  var isRepeated: Bool { scan.passes > 1 }

  func verdict(in query: DiagnosticCase) -> IndexVerdict {
    guard let index = scan.index else { return .notWorthwhile("The definition of the index was not seen.") }
    let advisor = IndexAdvisor(relation: scan.known, evidence: query.evidence, engine: query.engine)
    let demand = query.demand(of: scan.bounds + scan.filters, at: scan.node)
    let each = scan.rowsRead / scan.passes
    guard blocks(of: each, index, advisor) * Self.mostRowsPerBlock >= each else {
      return .notWorthwhile("The rows lie together in the table.")
    }
    return advisor.advice(
      toCover: index, rowsEach: each, executions: scan.passes, demand: demand,
      costBefore: scan.cost(of: each, filters: scan.filters.count, by: advisor))
  }

  /// Blocks of the table that hold the rows of one pass, by how far its order follows the index's.
  private func blocks(of rows: Double, _ index: IndexDefinition, _ advisor: IndexAdvisor) -> Double {
    let model = advisor.cost
    let scattered = model.shareOfPages(fetching: rows) * model.pages
    let together = rows / max(model.rows, 1) * model.pages
    let correlation = advisor.correlation(of: index.keys)
    return scattered + correlation * correlation * (together - scattered)
  }

  /// A finding with the index that would make the table superfluous; `nil` where there is none.
  func finding(of rule: RuleName, title: String, observation: String, in query: DiagnosticCase) -> Finding? {
    let impact = scan.impact(in: query)
    guard impact.share >= Self.leastShare, case .propose(let proposal, let benefit) = verdict(in: query),
      let index = scan.index
    else { return nil }
    let included = Words.list(proposal.includedColumns.map { IndexKey($0).words })
    return Finding(
      rule: rule, title: title, blamedNodes: scan.blamedNodes, impact: impact, observations: [observation],
      measurements: [
        Measurement("rows fetched from the table", rows, source: "(actual rows + Rows Removed) × loops")
      ],
      cause: Cause(
        ["\(index.words) leads to the rows, but of what the query needs it lacks \(included)."],
        basis: .supportedByCatalog,
        falsifier: "after building the index the plan shows no Index Only Scan of it"),
      remedies: [
        IndexRemedy(proposal: proposal, benefit: benefit, relation: scan.relation).remedy(
          impact: impact,
          rationale: "With \(included) in the index the rows are read from it alone (Index Only Scan).")
      ], key: ProblemKey(rule, "\(scan.node)"))
  }
}
