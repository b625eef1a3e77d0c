import Catalog
import PlanModel

/// What a planner that knew the outer rows would have made of a nested loop, by its own costs.
struct LoopAlternative {
  let join: Int
  let inner: Int
  let query: DiagnosticCase

  init(join: Int, inner: Int, in query: DiagnosticCase) {
    self.join = join
    self.inner = inner
    self.query = query
  }

  /// The nested loop is the cheapest join for the rows that came, too.
  ///
  /// The cost of the inner side is what the plan has for one run, times the runs; that is an upper bound, for with
  /// more runs the planner reckons with blocks that are in memory already. Against it stands reading the inner
  /// table once and hashing it.
  var keepsLoop: Bool {
    guard comparesEqual else { return true }
    guard let loopCost, let hashCost else { return false }
    return loopCost <= hashCost
  }

  /// The part of the loop's cost that another join would save; where the inner tables are not known, all but one
  /// and a half of its runs.
  var saving: Double {
    guard let loopCost, loopCost > 0 else { return 0 }
    return 1 - (hashCost.map { $0 / loopCost } ?? Self.readsOfHashJoin / max(query.loops(of: inner), 1))
  }

  /// Runs of the inner side that are left with a hash join: one, and half as much again for the hash.
  private static let readsOfHashJoin = 1.5

  /// Some columns of both sides are compared by `=`: what is not can be neither hashed nor merged.
  private var comparesEqual: Bool {
    let keys: [PropertyKey] = [.joinFilter, .recheckCond, .indexCond, .filter]
    let nodes = [join] + query.plan.subtree(of: inner)
    let predicates = nodes.flatMap { node in keys.flatMap { query.conditions.predicates($0, of: node) } }
    return predicates.contains { predicate in
      predicate.comparison == .equal && Set(predicate.columns.map { $0.alias ?? $0.qualifier }).count > 1
    }
  }

  private var loopCost: Double? {
    query.plan.nodes[inner].estimate.map { $0.totalCost * query.loops(of: inner) }
  }

  /// Reading every row of the inner tables, and putting each into a hash table.
  private var hashCost: Double? {
    let scans = query.plan.subtree(of: inner).filter { query.plan.nodes[$0].relation != nil }
    let constants = CostConstants(query.evidence)
    let costs = scans.map { scan -> Double? in
      guard let cost = query.accessCost(of: query.relation(of: scan)) else { return nil }
      return cost.sequentialScan() + cost.rows * (constants.cpuOperator + constants.cpuTuple)
    }
    let known = costs.compactMap { $0 }
    return known.count == scans.count && !known.isEmpty ? known.reduce(0, +) : nil
  }
}
