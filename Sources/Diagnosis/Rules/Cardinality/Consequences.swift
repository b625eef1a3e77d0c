import PlanModel

/// What a wrong row estimate cost: the parts of the plan that rested on it.
///
/// - Too few rows expected: a nested loop above runs its inner side once for each unexpected row; a sort
///   or hash above was sized for fewer rows and went to disk; an index scan was chosen for a few rows and
///   fetched many.
/// - Too many rows expected: the other input of a hash or merge join above was read in full, a full scan
///   was chosen though an index fits, or a scan was expected to fill a LIMIT soon.
struct Consequences {
  struct Consequence {
    var nodes: [Int]
    var milliseconds: Double
    var sentence: String
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
    return (above + [ownAccess]).compactMap { $0 }
  }

  /// A nested loop whose outer side brought more rows than it was planned for.
  private func amplifiedLoop(at join: Int, from child: Int) -> Consequence? {
    let inputs = query.inputs(of: join)
    guard query.plan.nodes[join].type.isNestedLoop, inputs.count == 2, inputs[0] == child,
      query.error(of: child) >= EstimationError.leastError
    else { return nil }
    let inner = inputs[1]
    return Consequence(
      nodes: [inner], milliseconds: query.wall(of: inner),
      sentence: """
        \(query.label(of: join)) was planned for \(Words.counted(query.planRows(of: child), "outer row")) \
        and ran its inner side, \(query.label(of: inner)), \
        \(Words.count(query.loops(of: inner))) times.
        """)
  }

  /// A sort or hash that was planned to stay in memory and did not.
  private func spill(at node: Int) -> Consequence? {
    let plan = query.plan.nodes[node]
    guard let hash = plan.hash, let planned = hash.originalBatches, (hash.batches ?? 1) > planned else {
      return nil
    }
    return Consequence(
      nodes: [node], milliseconds: query.ownTime(of: node),
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
      nodes: [origin], milliseconds: query.ownTime(of: origin),
      sentence: """
        \(query.label(of: origin)) was chosen to fetch \(Words.counted(query.planRows(of: origin), "row")) \
        one by one and fetched \(Words.count(query.rows(of: origin))).
        """)
  }

  // MARK: Too many rows expected

  private var ofTooMany: [Consequence] {
    let above = query.steps(from: origin).map { fullReadBesideIt(at: $0.consumer, from: $0.child) }
    return (above + [passedOverIndex, longWalk]).compactMap { $0 }
  }

  /// A hash or merge join that read its other input in full because many rows were expected from this one.
  private func fullReadBesideIt(at join: Int, from child: Int) -> Consequence? {
    let type = query.plan.nodes[join].type
    guard type.isJoin, !type.isNestedLoop, query.error(of: child) >= EstimationError.leastError else {
      return nil
    }
    let others = query.inputs(of: join).filter { $0 != child }
    let scans = others.flatMap { query.plan.subtree(of: $0) }.filter { scan in
      query.isFullRead(scan) && query.hasIndexForJoin(scan, at: join)
    }
    guard !scans.isEmpty else { return nil }
    return Consequence(
      nodes: scans, milliseconds: scans.map(query.ownTime).reduce(0, +),
      sentence: """
        \(query.label(of: join)) was chosen for \(Words.counted(query.planRows(of: child), "row")) where \
        \(Words.count(query.rows(of: child))) came, so \(query.label(of: scans[0])) was read in full \
        although an index could have found the few that join.
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
      nodes: [origin], milliseconds: query.ownTime(of: origin),
      sentence: """
        \(query.label(of: origin)) was chosen for \(Words.counted(query.planRows(of: origin), "row")); \
        \(index.name) would have led to the \(Words.count(query.rows(of: origin))) that came.
        """)
  }

  /// The node itself, when a LIMIT was expected to be filled after a few of its rows.
  private var longWalk: Consequence? {
    guard query.countedRows(of: origin) != nil, query.rowsRemoved(by: origin) > 0 else { return nil }
    return Consequence(
      nodes: [origin], milliseconds: query.ownTime(of: origin),
      sentence: """
        \(query.label(of: origin)) was chosen because a LIMIT above it seemed to be filled soon; it went \
        through \(Words.counted(query.rowsRemoved(by: origin), "row")) that did not match.
        """)
  }
}
