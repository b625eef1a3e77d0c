import Catalog
import PlanModel
import Statements

/// What rules ask of a plan's structure.
extension DiagnosticCase {
  /// The children that feed a node rows: outer, inner, members; no InitPlans, SubPlans or CTEs.
  func inputs(of node: Int) -> [Int] {
    children[node].filter { plan.nodes[$0].relationship == .member && !plan.nodes[$0].type.isStorageNode }
  }

  /// Whether a node reads every row of its table: a full scan, or Aurora DSQL's read of the primary key
  /// index, which is the table, without a condition.
  func isFullRead(_ node: Int) -> Bool {
    let plan = plan.nodes[node]
    if plan.type.isFullScan { return true }
    return plan.type.name == "Index Only Scan" && plan[.indexCond] == nil
      && children[node].contains { self.plan.nodes[$0].type.isStorageNode }
  }

  /// Rows that the planner expects a full scan to read and to return, over all processes; `nil` without an
  /// estimate, and where nothing tells how many rows the table has.
  func expectedRows(of scan: Int) -> (read: Double, returned: Double)? {
    guard plan.nodes[scan].actual == .notReported, let estimate = plan.nodes[scan].estimate else {
      return nil
    }
    let storage = plan.subtree(of: scan).filter { plan.nodes[$0].type.isStorageNode }
    let stored = storage.compactMap { plan.nodes[$0].estimate?.planRows }.max()
    guard let read = relation(of: scan)?.bestRowCount ?? stored else { return nil }
    return (read, min(read, estimate.planRows * parallelDivisor(of: scan)))
  }

  /// By how much the planner divides the rows of a parallel scan (`get_parallel_divisor` in `costsize.c`): the
  /// leader helps the less the more workers it has to serve.
  func parallelDivisor(of scan: Int) -> Double {
    let gather = plan.ancestors(of: scan).first { plan.nodes[$0].type.isGather }
    guard plan.nodes[scan].type.isParallelAware, let gather,
      let workers = plan.nodes[gather].number(.workersPlanned)
    else { return 1 }
    return workers + max(0, 1 - 0.3 * workers)
  }

  /// The names of the tables that are read below a node and by it, as SQL spells them.
  func tables(below node: Int) -> [String] {
    plan.subtree(of: node).compactMap { node in
      plan.nodes[node].type.isBitmapBuilder
        ? nil : plan.nodes[node].relation.map { relation(of: node)?.indexTarget ?? QualifiedName($0) }?.quoted
    }.uniqued()
  }

  /// The evidence of the table that a node reads.
  func relation(of node: Int) -> RelationEvidence? {
    plan.nodes[node].relation.flatMap { evidence.relation(QualifiedName($0)) }
  }

  /// What a scan's filter tests, its storage filter included.
  func scanPredicates(of node: Int) -> [ScanPredicate] {
    guard let label = plan.nodes[node].relation?.label else { return [] }
    let storage = children[node].flatMap { plan.subtree(of: $0) }
    let found =
      conditions.predicates(.filter, of: node)
      + storage.flatMap { conditions.predicates(.storageFilters, of: $0) }
    return found.map { scanPredicate($0, label: label, node: node) }
  }

  /// What a scan's index finds by: of a bitmap scan what the indexes below it do.
  func indexPredicates(of node: Int) -> [ScanPredicate] {
    guard let label = plan.nodes[node].relation?.label else { return [] }
    let builders = plan.subtree(of: node).filter { plan.nodes[$0].type.isBitmapIndexScan }
    let found = ([node] + builders).flatMap { conditions.predicates(.indexCond, of: $0) }
    return found.map { scanPredicate($0, label: label, node: node) }
  }

  private func scanPredicate(_ predicate: ColumnPredicate, label: String, node: Int) -> ScanPredicate {
    var read = ScanPredicate(
      predicate, label: label, relation: relation(of: node), takesExpressions: engine.hasExpressionIndexes)
    read.isWritten = statement?.holdsValue(of: predicate) ?? false
    return read
  }

  /// What a join tests, as a scan of one of its tables sees it.
  func joinPredicates(at join: Int, for scan: Int) -> [ScanPredicate] {
    guard let label = labelAbove(scan, at: join) else { return [] }
    let keys: [PropertyKey] = [.hashCond, .mergeCond, .joinFilter, .recheckCond]
    let found = keys.flatMap { conditions.predicates($0, of: join) }
    return found.map { ScanPredicate($0, label: label, relation: relation(of: scan)) }
  }

  /// How a join calls the table of a scan below it: above an Append the partitions `r_1`, `r_2`, … are `r`.
  private func labelAbove(_ scan: Int, at join: Int) -> String? {
    guard let label = plan.nodes[scan].relation?.label else { return nil }
    let path = plan.ancestors(of: scan).prefix { $0 != join }
    guard path.contains(where: { plan.nodes[$0].type.name.hasSuffix("Append") }),
      relation(of: scan)?.statistics.kind == .partition, let end = label.lastIndex(of: "_"),
      Int(label[label.index(after: end)...]) != nil
    else { return label }
    return String(label[..<end])
  }

  /// Whether the table of a full scan has an index that leads with a column by which the join compares it.
  func hasIndexForJoin(_ scan: Int, at join: Int) -> Bool {
    let columns = joinPredicates(at: join, for: scan).filter { $0.use.isLookup }.compactMap(\.column)
    let indexes = relation(of: scan)?.indexes ?? []
    return indexes.contains { index in
      index.isValid && index.predicate == nil && index.leadingColumns.first.map(columns.contains) ?? false
    }
  }

  /// The whole inner side of the nested loop, or the sub-plan, that repeats a scan.
  func innerSide(of repeated: RepeatedScan) -> Int {
    let path = [repeated.scan] + plan.ancestors(of: repeated.scan)
    return path.last { plan.nodes[$0].parent == repeated.repeater && $0 != repeated.repeater }
      ?? repeated.reread
  }

  /// Rows that one process hands to a sort, once.
  func inputRowsPerSort(of sort: Int) -> Double {
    let input = inputs(of: sort).first ?? sort
    return max(rows(of: input), rows(of: sort))
  }

  // MARK: LIMIT

  /// Whether a LIMIT above had its rows and stopped what is below it.
  func isBelowFilledLimit(_ node: Int) -> Bool {
    if case .notComparable(.stoppedByLimit) = comparability[node] { true } else { false }
  }
}
