import Catalog
import PlanModel

/// Finds scans that were expected to meet enough rows soon, for a LIMIT, EXISTS, min() or max(), and did not.
///
/// ## Why it matters
/// For a LIMIT the planner takes the matching rows to be spread evenly along the way of a scan, so that a small
/// part of it suffices. Where they stand at its far end, the scan goes through nearly everything, and an index on
/// what the filter tests was passed over for it.
///
/// ## Formula
/// Expected part of the way = rows wanted / rows that the planner expected without the LIMIT. Gone = rows that the
/// scan returned or discarded / rows that the whole way has. The ratio of both is what the row goal was wrong by.
/// Impact is the time of what the LIMIT was to stop.
///
/// ## Thresholds
/// - 5x as long a way as expected (plan-math.md: from there on an estimate is significantly wrong)
/// - impact at least 5%
///
/// ## Silent when
/// The scan ended near where it was expected to, it was not stopped at all, or nothing tells how long its whole
/// way is.
///
/// ## Remedies
/// Where the number of matching rows is misestimated, that is the cause and carries the remedy. Otherwise the rows
/// are as many as expected and stand in the wrong place, which no statistics tell: an index that begins with what
/// the filter tests (OrderLimitWrongIndex, FullScanFilterWaste), or a statement in which the order cannot be had
/// from the index, which needs the reader's yes.
///
/// ## Known limits
/// Where in the order the matching rows stand is not looked up; it is concluded from the way that was gone.
public struct RowGoal: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "RowGoal"
  /// Gone over expected part of the way (plan-math.md, bands: significant).
  static let leastRatio = 5.0
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every scan that was stopped before its end.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(query.plan.nodes.indices.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for scan: Int, in query: DiagnosticCase) -> Finding? {
    guard let walk = StoppedWalk(scan, in: query), walk.ratio >= Self.leastRatio else { return nil }
    let impact =
      walk.isScanAlone ? query.impact(ofOwnTimeOf: [scan]) : query.impact(ofWallTimeOf: [walk.input])
    guard impact.share >= Self.leastShare else { return nil }
    let misestimate = query.diagnosedEstimates.first { $0.misestimate.node == scan }
    let remedies = misestimate == nil ? remedies(walk, impact, in: query) : []
    return Finding(
      rule: Self.name,
      title: "\(query.label(of: scan)) was expected to end soon and went \(Words.ratio(walk.ratio)) as far",
      blamedNodes: [walk.isScanAlone ? scan : walk.input], impact: impact,
      observations: [observation(walk, in: query)],
      comparisons: [
        Comparison("Rows gone through", estimated: walk.expectedShare * walk.length, actual: walk.walked)
      ],
      measurements: [
        Measurement("rows wanted", walk.wanted, source: "actual rows"),
        Measurement("rows gone through", walk.walked, source: "actual rows + Rows Removed by Filter"),
        Measurement("rows of the whole way", walk.length, source: walk.lengthSource),
      ], cause: cause(walk, misestimate, in: query), remedies: remedies,
      noRemedy: remedies.isEmpty
        ? "Nothing is advised here: the estimate of the matching rows comes first." : nil,
      explainedBy: misestimate?.key ?? ProblemKey("OrderLimitWrongIndex", "\(scan)"),
      key: ProblemKey(Self.name, "\(scan)"))
  }

  // MARK: Words

  private func observation(_ walk: StoppedWalk, in query: DiagnosticCase) -> String {
    """
    \(walk.goal) wanted \(Words.counted(walk.wanted, "row")) of the \(Words.count(walk.expectedRows)) that the planner \
    expected in all: \(Words.percent(walk.expectedShare)) of the way. \(query.label(of: walk.scan)) went through \
    \(Words.count(walk.walked)) of \(Words.count(walk.length)) rows, \(Words.percent(walk.walkedShare)).
    """
  }

  private func cause(_ walk: StoppedWalk, _ misestimate: DiagnosedEstimate?, in query: DiagnosticCase)
    -> Cause
  {
    if misestimate != nil {
      return Cause(
        [
          "Far fewer rows match than the planner expected, so the goal was not met where it should have been."
        ],
        basis: .supportedByCatalog,
        falsifier: "with a right estimate the planner still walks along \(query.label(of: walk.scan))")
    }
    let spread = """
      The planner takes the matching rows to be spread evenly along the way. They are not: few stood where the scan \
      began.
      """
    guard let counted = query.countedRows(of: walk.scan) else {
      return Cause(
        [spread], basis: .inferredFromPlan,
        falsifier: "the matching rows are far fewer than the planner expected")
    }
    return Cause(
      [
        spread,
        "\(Words.counted(counted, "row")) match (count(*)), \(Words.count(query.planRows(of: walk.scan))) were expected: the number is right, and no statistics tell where they stand.",
      ], basis: .supportedByCatalog, falsifier: "the first matching row stands near the beginning of the scan"
    )
  }

  /// An index leads to the matching rows, and was passed over for the walk.
  private func setting(_ walk: StoppedWalk, _ impact: Impact, in query: DiagnosticCase) -> [Remedy] {
    let name = query.isFullRead(walk.scan) ? "enable_seqscan" : "enable_indexscan"
    guard query.hasIndexForFilter(of: walk.scan), query.engine.settableSettings?.contains(name) ?? true else {
      return []
    }
    let source = "the time of the walk; not tried yet"
    return [
      Remedy(
        .set([SessionSetting(name, "off")]),
        rationale:
          "The index on what the filter tests is there; without this kind of scan the planner takes it.",
        caveats: [
          "It holds for every table of every statement of the session: set it for this one alone, and reset it."
        ],
        expectation: impact.milliseconds.map { .computed(upTo: $0, from: source) }
          ?? .computedCost(upToShare: impact.share, from: source))
    ]
  }

  private func remedies(_ walk: StoppedWalk, _ impact: Impact, in query: DiagnosticCase) -> [Remedy] {
    let source = "the time of the walk; not tried: the statement would have to change"
    return setting(walk, impact, in: query) + [
      Remedy(
        .changeStatement(
          "Keep the planner from walking along the order: put the filtered rows into a sub-select with `OFFSET 0`, and sort and limit outside of it. This needs your yes: it is right only as long as few rows match."
        ),
        rationale: "The matching rows are then found by the filter first, and only they are sorted.",
        caveats: [
          "OFFSET 0 is a fence for the planner, not a part of the question. An index that begins with the filter's columns and goes on in the wanted order needs no such thing."
        ],
        expectation: impact.milliseconds.map { .computed(upTo: $0, from: source) }
          ?? .computedCost(upToShare: impact.share, from: source))
    ]
  }
}
