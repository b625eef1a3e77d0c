import PlanModel

/// What a wrong row estimate cost: the parts of the plan that rested on it.
///
/// - Too few rows expected: a nested loop above runs its inner side once for each unexpected row; a sort
///   or hash above was sized for fewer rows and went to disk; an index scan was chosen for a few rows and
///   fetched many.
/// - Too many rows expected: the other input of a hash or merge join above was read in full, a full scan
///   was chosen though an index fits, a scan was expected to fill a LIMIT soon, or rows were sorted for a grouping
///   that would have fitted into memory.
///
/// Only what the planner would have done otherwise counts: the right number of rows, put into its own costs, must
/// make another way cheaper.
struct Consequences {
  struct Consequence {
    /// What rested on the estimate.
    enum Kind {
      /// The nested loop at that node ran its inner side too often.
      case loop(Int)
      case access, spill, fullRead, passedOver, walk, sortedGroups
    }

    var kind: Kind
    var nodes: [Int]
    var milliseconds: Double
    var sentence: String

    /// All below the nodes counts as well.
    var isWhole: Bool { isLoop }
    /// A nested loop that ran too often.
    var isLoop: Bool { if case .loop = kind { true } else { false } }
  }

  let origin: Int
  let isUnder: Bool
  let query: DiagnosticCase

  init(of origin: Int, isUnder: Bool, in query: DiagnosticCase) {
    self.origin = origin
    self.isUnder = isUnder
    self.query = query
  }

  /// The consequence that took the most time, or `nil` when nothing in the plan rested on the estimate.
  var costliest: Consequence? {
    (isUnder ? ofTooFew : ofTooMany).max { $0.milliseconds < $1.milliseconds }
  }

  // MARK: Too few rows expected

  private var ofTooFew: [Consequence] {
    let above = query.steps(from: origin).flatMap { step in
      [amplifiedLoop(at: step.consumer, from: step.child), spill(at: step.consumer)]
    }
    return (above + [ownAccess, spill(at: origin)]).compactMap { $0 }
  }

  /// A nested loop whose outer side brought more rows than it was planned for.
  private func amplifiedLoop(at join: Int, from child: Int) -> Consequence? {
    let inputs = query.inputs(of: join)
    guard query.plan.nodes[join].type.isNestedLoop, inputs.count == 2, inputs[0] == child,
      query.error(of: child) >= EstimationError.leastError,
      !LoopAlternative(join: join, inner: inputs[1], in: query).keepsLoop
    else { return nil }
    let inner = inputs[1]
    return Consequence(
      kind: .loop(join), nodes: [inner], milliseconds: query.wall(of: inner),
      sentence: """
        \(query.label(of: join)) was planned for \(Words.counted(query.planRows(of: child), "outer row")) \
        and ran its inner side, \(query.label(of: inner)), \
        \(Words.count(query.loops(of: inner))) times.
        """)
  }

  /// A sort or hash that was planned to stay in memory and did not.
  private func spill(at node: Int) -> Consequence? {
    let plan = query.plan.nodes[node]
    guard let hash = plan.hash, let planned = hash.plannedBatches, (hash.batches ?? 1) > planned else {
      return nil
    }
    // What a hash puts on disk its join writes and reads.
    let join = query.plan.nodes[node].parent.flatMap { query.plan.nodes[$0].type.isJoin ? $0 : nil }
    let nodes = [node] + [join].compactMap { $0 }
    return Consequence(
      kind: .spill, nodes: nodes, milliseconds: nodes.map(query.ownTime).reduce(0, +),
      sentence: """
        \(query.label(of: node)) was planned for \(Words.count(planned)) batches and needed \
        \(Words.count(hash.batches ?? 1)): the rest went to disk.
        """)
  }

  /// The node itself, when it reads a table through an index that was meant for a few rows.
  private var ownAccess: Consequence? {
    let node = query.plan.nodes[origin]
    guard node.indexName != nil, node.type.name == "Index Scan" else { return nil }
    return Consequence(
      kind: .access, nodes: [origin], milliseconds: query.ownTime(of: origin),
      sentence: """
        \(query.label(of: origin)) was chosen to fetch \(Words.counted(query.planRows(of: origin), "row")) \
        one by one and fetched \(Words.count(query.rows(of: origin))).
        """)
  }

  // MARK: Too many rows expected

  private var ofTooMany: [Consequence] {
    let above = query.steps(from: origin).map { fullReadBesideIt(at: $0.consumer, from: $0.child) }
    let own = query.inputs(of: origin).map { fullRead(at: origin, from: $0) }
    return (above + own + [passedOverIndex, longWalk, sortedGroups]).compactMap { $0 }
  }

  /// A hash or merge join that read its other input in full because many rows were expected from this one.
  private func fullReadBesideIt(at join: Int, from child: Int) -> Consequence? {
    let type = query.plan.nodes[join].type
    guard type.isJoin, !type.isNestedLoop, query.error(of: child) >= EstimationError.leastError else {
      return nil
    }
    return fullRead(at: join, from: child)
  }

  /// A table that a hash or merge join read in full beside an input whose few keys could have been looked up.
  private func fullRead(at join: Int, from child: Int) -> Consequence? {
    guard query.plan.nodes[join].type.isJoin, !query.plan.nodes[join].type.isNestedLoop else { return nil }
    let others = query.inputs(of: join).filter { $0 != child }
    let scans = others.flatMap { query.plan.subtree(of: $0) }.filter { scan in
      query.isFullRead(scan) && query.hasIndexForJoin(scan, at: join)
        && lookupsAreCheaper(than: scan, for: query.totalRows(of: child), at: join)
    }
    guard !scans.isEmpty else { return nil }
    return Consequence(
      kind: .fullRead, nodes: scans, milliseconds: scans.map(query.ownTime).reduce(0, +),
      sentence: """
        \(query.label(of: join)) was chosen for \(Words.counted(query.planRows(of: origin), "row")) of \
        \(query.label(of: origin)) where \(Words.count(query.rows(of: origin))) came, so \
        \(query.label(of: scans[0])) was read in full although an index could have found the few that join.
        """)
  }

  /// The node itself, when it is a full scan and an index on its columns exists.
  private var passedOverIndex: Consequence? {
    guard let scan = FilteredScan(node: origin, in: query), let relation = scan.relation else { return nil }
    let demand = IndexDemand(scan, in: query)
    let advisor = IndexAdvisor(relation: relation, evidence: query.evidence, engine: query.engine)
    guard case .exists(let index) = advisor.advice(for: demand, selectivity: scan.selectivity) else {
      return nil
    }
    return Consequence(
      kind: .passedOver, nodes: [origin], milliseconds: query.ownTime(of: origin),
      sentence: """
        \(query.label(of: origin)) was chosen for \(Words.counted(query.planRows(of: origin), "row")); \
        \(index.name) would have led to the \(Words.count(query.rows(of: origin))) that came.
        """)
  }

  /// The node itself, when a LIMIT was expected to be filled after a few of its rows.
  private var longWalk: Consequence? {
    guard query.countedRows(of: origin) != nil, query.rowsRemoved(by: origin) > 0 else { return nil }
    return Consequence(
      kind: .walk, nodes: [origin], milliseconds: query.ownTime(of: origin),
      sentence: """
        \(query.label(of: origin)) was chosen because a LIMIT above it seemed to be filled soon; it went \
        through \(Words.counted(query.rowsRemoved(by: origin), "row")) that did not match.
        """)
  }

  /// Whether looking up the few rows that came costs less than reading the table: each lookup finds as many rows
  /// as the join brought for each.
  private func lookupsAreCheaper(than scan: Int, for rows: Double, at join: Int) -> Bool {
    guard let cost = query.plan.nodes[scan].estimate?.totalCost,
      let access = query.accessCost(of: query.relation(of: scan))
    else { return true }
    let each = query.totalRows(of: join) / max(rows, 1)
    return access.indexAccess(access.plainIndex(matching: max(each, 1), executions: max(rows, 1))) < cost
  }

  /// Rows were sorted for a grouping, because so many groups were expected that they would not fit into memory.
  private var sortedGroups: Consequence? {
    let node = query.plan.nodes[origin]
    guard node.type.name == "Aggregate", node.type.strategy == "Sorted", let width = node.estimate?.planWidth,
      let sort = query.inputs(of: origin).first, query.plan.nodes[sort].type.name == "Sort",
      fitsIntoMemory(query.rows(of: origin) * (Double(width) + Self.groupOverhead))
    else { return nil }
    return Consequence(
      kind: .sortedGroups, nodes: [sort], milliseconds: query.ownTime(of: sort),
      sentence: """
        \(query.label(of: origin)) was planned for \(Words.counted(query.planRows(of: origin), "group")), too many \
        to hash in memory, so all rows were sorted first; the \(Words.count(query.rows(of: origin))) that there \
        were fit.
        """)
  }

  /// Bytes that a hashed group takes beside its values (`hash_agg_entry_size` in `nodeAgg.c`, roughly).
  private static let groupOverhead = 64.0

  private func fitsIntoMemory(_ bytes: Double) -> Bool {
    guard let kilobytes = query.evidence.setting("work_mem").flatMap(Double.init) else { return false }
    return bytes <= kilobytes * 1_024
  }
}

extension HashUsage {
  /// Batches, or partitions of a hashed aggregate, that were planned; `nil` where as many came as planned.
  fileprivate var plannedBatches: Double? {
    if let originalBatches { return originalBatches }
    // A hashed aggregate prints its planned partitions only where it was expected to spill.
    return diskUsage != nil && plannedPartitions == nil ? 1 : nil
  }
}
