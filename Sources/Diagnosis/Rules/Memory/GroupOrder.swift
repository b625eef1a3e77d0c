import Catalog
import PlanModel

/// An index that would hand an aggregate its rows in the order of its groups, so that none has to be kept.
struct GroupOrder {
  private let proposal: IndexProposal
  private let benefit: IndexBenefit
  private let scan: Int

  /// `nil` where the groups are not named by columns of one table that is read in full, and where the planner's
  /// cost model prefers what the plan does.
  init?(_ aggregate: Int, in query: DiagnosticCase) {
    guard let scan = Self.scan(below: aggregate, in: query), let relation = query.relation(of: scan),
      let key = query.plan.nodes[aggregate][.groupKey],
      let whole = query.plan.nodes[query.lastStep(ofAggregate: aggregate)].estimate?.totalCost
    else { return nil }
    let keys = query.orderKeys(key, of: scan)
    let advisor = IndexAdvisor(relation: relation, evidence: query.evidence, engine: query.engine)
    let predicates = query.scanPredicates(of: scan)
    guard !keys.isEmpty, advisor.isFounded, !predicates.contains(where: \.dependsOnOuter) else { return nil }
    var demand = query.demand(of: predicates, at: scan)
    demand.ordering = keys
    let rows = query.totalRows(of: scan)
    let share = min(rows / max(relation.bestRowCount ?? 1, 1), 1)
    let constants = advisor.cost.constants
    let grouping =
      rows * Double(keys.count) * constants.cpuOperator + query.rows(of: aggregate) * constants.cpuTuple
    let verdict = advisor.advice(
      forOrder: demand, selectivity: share, costBefore: max(whole - grouping, 0))
    guard case .propose(let proposal, let benefit) = verdict, benefit.extends == nil,
      demand.needed.map({ $0.isSubset(of: proposal.keys.map(\.text) + proposal.includedColumns) }) ?? false
    else { return nil }
    (self.proposal, self.benefit, self.scan) = (proposal, benefit, scan)
  }

  func remedy(impact: Impact, in query: DiagnosticCase) -> Remedy {
    let keys = proposal.keys.map(\.words).joined(separator: ", ")
    return IndexRemedy(proposal: proposal, benefit: benefit, relation: query.relation(of: scan)).remedy(
      impact: impact,
      rationale:
        "Along an index on (\(keys)) each group's rows follow each other, and the index has all columns that are needed: no hash table is kept."
    )
  }

  /// The full scan whose rows the aggregate takes, in however many processes and steps.
  private static func scan(below aggregate: Int, in query: DiagnosticCase) -> Int? {
    var current = query.inputs(of: aggregate).first
    while let node = current {
      if query.isFullRead(node) { return node }
      let type = query.plan.nodes[node].type
      guard type.isGather || type.name == "Aggregate" else { return nil }
      current = query.inputs(of: node).first
    }
    return nil
  }
}

extension DiagnosticCase {
  /// The last step of an aggregate that is made in several: its cost is that of all.
  func lastStep(ofAggregate aggregate: Int) -> Int {
    var last = aggregate
    for ancestor in plan.ancestors(of: aggregate) {
      let node = plan.nodes[ancestor]
      guard node.type.isGather || node[.groupKey] == plan.nodes[aggregate][.groupKey] else { break }
      if node.type.name == "Aggregate" { last = ancestor }
    }
    return last
  }
}
