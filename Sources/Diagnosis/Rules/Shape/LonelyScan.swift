import Catalog
import PlanModel

/// A long full scan for which no worker was planned, and what forbids it.
struct LonelyScan {
  /// What keeps workers away.
  enum Obstacle: Equatable {
    case setting
    case table(QualifiedName)
    case function(QualifiedName)
  }

  /// PostgreSQL's default of max_parallel_workers_per_gather.
  private static let standardWorkers = 2.0
  /// PostgreSQL's default of min_parallel_table_scan_size: 8 MB, in blocks.
  private static let standardLeastPages = 1_024.0

  let scan: Int
  let obstacle: Obstacle
  let workers: Double
  /// The scan and what its rows run through up to the first aggregate.
  let nodes: [Int]
  /// The table is smaller than what PostgreSQL gives workers by itself.
  let isSmall: Bool

  /// `nil` for other nodes, short scans, and where nothing is shown that forbids workers.
  init?(scan: Int, in query: DiagnosticCase) {
    let node = query.plan.nodes[scan]
    guard !query.imposedSettings.contains("max_parallel_workers_per_gather"), node.type.isFullScan,
      !node.type.isParallelAware, node.actual.figures != nil,
      query.loops(of: scan) == 1,
      query.wall(of: scan) >= ParallelShortfall.leastScan,
      !query.plan.ancestors(of: scan).contains(where: { query.plan.nodes[$0].type.isGather }),
      let relation = query.relation(of: scan)
    else { return nil }
    let pages = relation.statistics.currentPages ?? relation.statistics.relPages ?? 0
    let least = query.number(ofSetting: "min_parallel_table_scan_size") ?? Self.standardLeastPages
    isSmall = pages < least
    guard let obstacle = Self.obstacle(relation, isSmall: isSmall, in: query),
      !Self.isBetterIndexed(scan, relation, in: query)
    else { return nil }
    self.scan = scan
    self.obstacle = obstacle
    let perGather = query.number(ofSetting: "max_parallel_workers_per_gather") ?? Self.standardWorkers
    let most = perGather > 0 ? perGather : Self.standardWorkers
    workers = isSmall ? most : min(most, Self.workers(pages: pages, least: least))
    nodes = Self.shared(from: scan, in: query)
  }

  /// What an index leads to need not be read, by however many processes.
  private static func isBetterIndexed(_ scan: Int, _ relation: RelationEvidence, in query: DiagnosticCase)
    -> Bool
  {
    guard let filtered = FilteredScan(node: scan, in: query) else { return false }
    let advisor = IndexAdvisor(relation: relation, evidence: query.evidence, engine: query.engine)
    switch advisor.advice(for: IndexDemand(filtered, in: query), selectivity: filtered.selectivity) {
    case .propose, .exists, .invalid: return true
    case .notWorthwhile: return false
    }
  }

  private static func obstacle(_ relation: RelationEvidence, isSmall: Bool, in query: DiagnosticCase)
    -> Obstacle?
  {
    if !isSmall, query.number(ofSetting: "max_parallel_workers_per_gather") == 0 { return .setting }
    if relation.statistics.options.contains("parallel_workers=0") { return .table(relation.name) }
    let unsafe = query.evidence.functions.first { !$0.isParallelSafe }
    return isSmall ? nil : unsafe.map { .function($0.name) }
  }

  /// One worker from the least size on, and one more each time that the table is three times as large
  /// (`compute_parallel_worker`).
  private static func workers(pages: Double, least: Double) -> Double {
    var (workers, threshold) = (1.0, max(least, 1))
    while pages >= threshold * 3 {
      workers += 1
      threshold *= 3
    }
    return workers
  }

  private static func shared(from scan: Int, in query: DiagnosticCase) -> [Int] {
    var nodes = [scan]
    while let last = nodes.last, query.plan.nodes[last].relationship.isMember,
      let parent = query.plan.nodes[last].parent
    {
      let type = query.plan.nodes[parent].type
      guard type.isJoin && query.inputs(of: parent).first == last || type.name == "Aggregate" else { break }
      nodes.append(parent)
      if type.name == "Aggregate" { break }
    }
    return nodes
  }

  /// Scans with one obstacle are one finding.
  var subject: String {
    switch obstacle {
    case .setting: "max_parallel_workers_per_gather"
    case .table(let table): table.label
    case .function(let function): function.label
    }
  }

  static func finding(_ scans: [LonelyScan], in query: DiagnosticCase) -> Finding? {
    guard let first = scans.max(by: { query.wall(of: $0.scan) < query.wall(of: $1.scan) }) else { return nil }
    let nodes = scans.flatMap(\.nodes).uniqued()
    let whole = query.impact(ofOwnTimeOf: nodes)
    let part = first.workers / (first.workers + 1)
    let impact = Impact(milliseconds: whole.milliseconds.map { $0 * part }, share: whole.share * part)
    guard impact.share >= ParallelShortfall.leastShare else { return nil }
    return Finding(
      rule: ParallelShortfall.name, title: "\(query.label(of: first.scan)) has no workers: \(first.reason)",
      blamedNodes: nodes, impact: impact,
      observations: scans.map {
        "\(query.label(of: $0.scan)) ran in one process for \(Words.milliseconds(query.wall(of: $0.scan)))."
      },
      measurements: [
        Measurement(
          "workers that it could have", first.workers,
          source: "size of the table, max_parallel_workers_per_gather")
      ],
      cause: first.cause, remedies: first.remedies(impact: impact, in: query),
      key: ProblemKey(ParallelShortfall.name, first.subject))
  }

  // MARK: Words

  private var reason: String {
    switch obstacle {
    case .setting: "max_parallel_workers_per_gather is 0"
    case .table: "its table's parallel_workers is 0"
    case .function(let function): "\(function.quoted) is not marked PARALLEL SAFE"
    }
  }

  private var cause: Cause {
    let sentence =
      switch obstacle {
      case .setting: "max_parallel_workers_per_gather = 0 forbids workers in every plan of the session."
      case .table(let table):
        "\(table.quoted) has the storage parameter parallel_workers=0, which forbids workers for its scans."
      case .function(let function):
        "A statement that calls \(function.quoted) runs in one process, or evaluates it in the leader alone: it is not marked PARALLEL SAFE."
      }
    return Cause(
      [sentence], basis: .supportedByCatalog, falsifier: "without it the planner still takes no workers")
  }

  private func remedies(impact: Impact, in query: DiagnosticCase) -> [Remedy] {
    let remedy = remedy(impact: impact, in: query)
    if case .set = remedy.action, query.engine.settableSettings != nil { return [] }
    return [remedy]
  }

  private func remedy(impact: Impact, in query: DiagnosticCase) -> Remedy {
    let share = "the scan's time in the captured plan, shared by \(Words.count(workers + 1)) processes"
    switch obstacle {
    case .setting:
      return Remedy(
        .set([SessionSetting("max_parallel_workers_per_gather", "\(Int(workers))")]),
        rationale: "Several processes then share the scan.",
        caveats: ["Each process may take work_mem for each sort and hash, and a processor."],
        expectation: impact.expectation(from: "\(share); not tried"))
    case .table(let table):
      return Remedy(
        .setTableOption(table, name: .parallelWorkers, value: isSmall ? Int(workers) : nil),
        rationale: isSmall
          ? "By its size alone the table would get no worker, so that the number has to be given."
          : "The planner then chooses the number by the table's size.",
        caveats: ["Each process may take work_mem for each sort and hash, and a processor."],
        expectation: impact.expectation(from: "\(share); not tried: it writes"))
    case .function(let function):
      return Remedy(
        .changeStatement(
          "Mark \(function.quoted) PARALLEL SAFE with ALTER FUNCTION, if it writes nothing, sets nothing and uses no state of the session; or call it outside of this query."
        ),
        rationale: "Workers may then evaluate it.",
        caveats: ["A function that is marked wrongly fails in a worker, or gives wrong results."],
        expectation: impact.expectation(from: "\(share); not tried: it writes"))
    }
  }
}
