import Catalog
import PlanModel

/// Finds plans that had fewer workers than they could use.
///
/// ## Why it matters
/// A scan that several processes share takes a part of the time. Workers that were planned and did not start
/// leave their part to the others; where something forbids them, none are planned.
///
/// ## Formula
/// Planned and not launched: impact = wall time below the Gather × (1 − (launched + 1) / (planned + 1)). None
/// planned for a long full scan: impact = own time of the scan, and of the joins and the first aggregate that
/// its rows run through, × workers / (workers + 1), with as many workers as `compute_parallel_worker` gives a
/// table of that size.
///
/// ## Thresholds
/// - any worker that was planned and did not start
/// - a full scan of at least 100 ms: PostgreSQL charges 1,000 cost units, some milliseconds, for starting
///   workers (parallel_setup_cost), which must not outweigh them
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// All workers started; nothing that forbids workers is shown; an index would spare the scan; the table is
/// smaller than min_parallel_table_scan_size, and no option of its own says otherwise.
///
/// ## Remedies
/// max_parallel_workers_per_gather or max_parallel_workers for the session, tried as an experiment under the
/// 30-second rule; the table's parallel_workers, which writes and is not tried; for a function that is not
/// marked PARALLEL SAFE a sentence. Where other sessions had the workers, nothing: that is of the moment.
///
/// ## Known limits
/// Statements that write, cursors and serializable transactions have no workers: that is not seen.
public struct ParallelShortfall: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "ParallelShortfall"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05
  /// Milliseconds from which a scan is worth workers.
  static let leastScan = 100.0

  /// The rule has no settings.
  public init() {}

  /// Looks at every Gather, and at the long scans without one.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let missing = query.plan.nodes.indices.compactMap { MissingWorkers(gather: $0, in: query) }
      .compactMap { $0.finding(in: query) }
    let alone = query.plan.nodes.indices.compactMap { LonelyScan(scan: $0, in: query) }
    return .examined(missing + alone.grouped(by: \.subject).compactMap { LonelyScan.finding($0, in: query) })
  }
}

/// A Gather that got fewer workers than it was planned for.
struct MissingWorkers {
  let gather: Int
  let planned: Double
  let launched: Double

  init?(gather: Int, in query: DiagnosticCase) {
    let node = query.plan.nodes[gather]
    guard node.type.isGather, node.actual.figures != nil, let planned = node.number(.workersPlanned),
      let launched = node.number(.workersLaunched), launched < planned
    else { return nil }
    self.gather = gather
    self.planned = planned
    self.launched = launched
  }

  func finding(in query: DiagnosticCase) -> Finding? {
    let whole = query.impact(ofWallTimeOf: [gather])
    let part = 1 - (launched + 1) / (planned + 1)
    let impact = Impact(milliseconds: whole.milliseconds.map { $0 * part }, share: whole.share * part)
    guard impact.share >= ParallelShortfall.leastShare else { return nil }
    let limit = query.number(ofSetting: "max_parallel_workers")
    let isLimited = limit.map { $0 < planned } ?? false
    return Finding(
      rule: ParallelShortfall.name,
      title: "\(Words.counted(planned, "worker")) planned, \(Words.count(launched)) started",
      blamedNodes: [gather],
      impact: impact,
      observations: [
        "\(query.label(of: gather)) had \(Words.counted(launched, "worker")) instead of \(Words.count(planned))."
      ],
      measurements: [
        Measurement("workers planned", planned, source: "Workers Planned"),
        Measurement("workers launched", launched, source: "Workers Launched"),
      ],
      cause: cause(limit: limit, isLimited: isLimited),
      remedies: isLimited ? remedies(impact: impact, in: query) : [],
      noRemedy: isLimited
        ? nil
        : "Nothing is advised for this query: other sessions had the workers at this moment. If it is often so, max_worker_processes (a restart) and max_parallel_workers bound them all.",
      key: ProblemKey(ParallelShortfall.name, "\(gather)"))
  }

  private func cause(limit: Double?, isLimited: Bool) -> Cause {
    if let limit, isLimited {
      return Cause(
        [
          "max_parallel_workers is \(Words.count(limit)), fewer than the \(Words.count(planned)) that the plan asks for."
        ],
        basis: .supportedByCatalog, falsifier: "with more max_parallel_workers no more workers start")
    }
    return Cause(
      [
        "No worker was free when the query ran: max_worker_processes and max_parallel_workers are shared by all sessions."
      ],
      basis: .inferredFromPlan, falsifier: "on an idle server the workers are missing as well",
      check:
        "SELECT name, setting FROM pg_settings WHERE name IN ('max_worker_processes', 'max_parallel_workers');"
    )
  }

  private func remedies(impact: Impact, in query: DiagnosticCase) -> [Remedy] {
    guard query.engine.settableSettings == nil else { return [] }
    return [
      Remedy(
        .set([SessionSetting("max_parallel_workers", "\(Int(planned))")]),
        rationale: "The workers that the plan counts on may then start.",
        caveats: ["max_worker_processes bounds the workers of all sessions together."],
        expectation: impact.expectation(
          from: "the time below the Gather, shared by as many processes as were planned; not tried"))
    ]
  }
}
