import Catalog
import PlanModel

/// A sort whose order an index on one table below it could give.
struct AvoidableSort {
  let sort: Int
  /// The scan of the table that has all sort columns.
  let scan: Int
  /// The order.
  let keys: [IndexKey]
  /// Rows that a LIMIT took of the sorted ones; `nil` where all are wanted.
  let limit: Double?
  /// Nodes whose work the index would spare.
  let blamedNodes: [Int]
  /// Joins between the scan and the sort that would have to look up their other side for each row.
  private let lookups: Int

  /// Nodes that take sorted rows because they want them sorted; nothing above means the statement does.
  private static let consumers: Set<String> = ["Limit", "Aggregate", "Unique", "WindowAgg", "LockRows"]
  /// Nodes that hand sorted rows on.
  private static let passing: Set<String> = ["Gather Merge", "Subquery Scan", "Result", "LockRows"]
  private static let scans: Set<String> = ["Index Scan", "Index Only Scan", "Bitmap Heap Scan"]

  /// `nil` for other nodes, sorts that a join wants, and orders by columns of several tables.
  init?(node: Int, in query: DiagnosticCase) {
    guard query.plan.nodes[node].type.name == "Sort", query.plan.nodes[node].actual.figures != nil,
      let key = query.plan.nodes[node][.sortKey], let consumer = Self.consumer(of: node, in: query)
    else { return nil }
    limit = consumer.limit
    guard let source = Self.source(of: node, key: key, isLimited: consumer.limit != nil, in: query) else {
      return nil
    }
    sort = node
    scan = source.scan
    keys = source.keys
    lookups = source.lookups
    let path = query.plan.ancestors(of: source.scan).prefix { $0 != node }
    blamedNodes = limit == nil ? [node] : [node] + path + Array(query.plan.subtree(of: source.scan))
  }

  /// Who takes the rows, and how many; outer `nil` where a join does.
  private static func consumer(of sort: Int, in query: DiagnosticCase) -> (limit: Double?, node: Int?)? {
    var input = sort
    for ancestor in query.plan.ancestors(of: sort) {
      guard query.plan.nodes[input].relationship.isMember else { return (nil, nil) }
      let name = query.plan.nodes[ancestor].type.name
      if name == "Limit" { return (max(query.totalRows(of: ancestor), 1), ancestor) }
      if passing.contains(name) {
        input = ancestor
        continue
      }
      return consumers.contains(name) ? (nil, ancestor) : nil
    }
    return (nil, nil)
  }

  // MARK: Where the rows come from

  private struct Source {
    var scan: Int
    var keys: [IndexKey]
    var lookups: Int
  }

  private static func source(
    of sort: Int, key: String, isLimited: Bool, in query: DiagnosticCase
  ) -> Source? {
    var lookups = 0
    var current = query.inputs(of: sort).first
    while let node = current {
      let type = query.plan.nodes[node].type
      if query.isFullRead(node) || scans.contains(type.name) {
        let keys = query.orderKeys(key, of: node)
        return keys.isEmpty ? nil : Source(scan: node, keys: keys, lookups: lookups)
      }
      if type.isGather || passing.contains(type.name) {
        current = query.inputs(of: node).first
      } else if type.isNestedLoop, [nil, "Left", "Semi", "Anti"].contains(type.joinType) {
        current = query.inputs(of: node).first
      } else if isLimited, type.name == "Hash Join", let driver = driver(of: node, key: key, in: query) {
        lookups += 1
        current = driver
      } else {
        return nil
      }
    }
    return nil
  }

  /// The side of a hash join that has the order, where the other side's rows could be looked up by an index.
  private static func driver(of join: Int, key: String, in query: DiagnosticCase) -> Int? {
    let inputs = query.inputs(of: join)
    guard inputs.count == 2 else { return nil }
    let sides = query.plan.nodes[join].type.joinType == nil ? [0, 1] : [0]
    guard [nil, "Left", "Semi"].contains(query.plan.nodes[join].type.joinType) else { return nil }
    for side in sides {
      let scans = query.plan.subtree(of: inputs[side]).filter { query.plan.nodes[$0].relation != nil }
      let others = query.plan.subtree(of: inputs[1 - side]).filter { query.plan.nodes[$0].relation != nil }
      guard scans.contains(where: { !query.orderKeys(key, of: $0).isEmpty }), others.count == 1,
        query.hasIndexForJoin(others[others.startIndex], at: join)
      else { continue }
      let top = inputs[side]
      return query.plan.nodes[top].type.name == "Hash" ? query.inputs(of: top).first : top
    }
    return nil
  }

  // MARK: Judging

  /// Rows that were sorted, over all processes.
  func rowsSorted(in query: DiagnosticCase) -> Double {
    query.inputs(of: sort).first.map(query.totalRows) ?? query.totalRows(of: sort)
  }

  func verdict(in query: DiagnosticCase) -> IndexVerdict {
    guard let relation = query.relation(of: scan) else {
      return .notWorthwhile("Nothing is known of the table.")
    }
    let advisor = IndexAdvisor(relation: relation, evidence: query.evidence, engine: query.engine)
    let bounds = query.indexPredicates(of: scan)
    let predicates = bounds + query.scanPredicates(of: scan)
    guard advisor.isFounded, !predicates.contains(where: \.dependsOnOuter) else {
      return .notWorthwhile("Size and rows of the table are not known.")
    }
    var demand = query.demand(of: predicates, at: scan)
    demand.ordering = keys
    let fanOut = rowsSorted(in: query) / max(query.totalRows(of: scan), 1)
    demand.limit = limit.map { $0 / max(fanOut, 1e-9) }
    let passes = max(1, query.loops(of: scan) / query.processes(of: scan))
    let share = min(query.totalRows(of: scan) / passes / max(relation.bestRowCount ?? 1, 1), 1)
    let spared = lookupCost(demand, advisor)
    return advisor.advice(
      forOrder: demand, selectivity: share, costBefore: max(cost(in: query, advisor) - spared, 0))
  }

  /// What the lookups of joined rows cost that a hash join does without.
  private func lookupCost(_ demand: IndexDemand, _ advisor: IndexAdvisor) -> Double {
    let constants = advisor.cost.constants
    let each = 2 * constants.randomPage + 100 * constants.cpuOperator
    return Double(lookups) * (demand.limit ?? 0) * each
  }

  /// The planner's cost of the scan and the sort.
  private func cost(in query: DiagnosticCase, _ advisor: IndexAdvisor) -> Double {
    let model = advisor.cost
    let width = Double(query.plan.nodes[sort].estimate?.planWidth ?? 0)
    let filters = query.scanPredicates(of: scan).count
    let read =
      IndexedScan(node: scan, in: query).map {
        $0.cost(of: $0.rowsRead / $0.passes, filters: filters, by: advisor)
      } ?? model.sequentialScan(quals: Double(filters))
    let computed = read + model.sort(rows: rowsSorted(in: query), width: width, limit: limit)
    guard query.processes(of: sort) > 1, let planned = query.plan.nodes[sort].estimate?.totalCost else {
      return computed
    }
    // Several processes share the work, and the planner counts that.
    return min(computed, planned)
  }
}
