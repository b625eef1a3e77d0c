import Catalog
import PlanModel
import Statements

/// Finds row counts and times that cannot be true.
///
/// ## Why it matters
/// Aurora DSQL has printed trillions of rows for storage lookups under many loops. Such a figure says
/// nothing about the query, only about EXPLAIN, and every number derived from it is worthless.
///
/// ## Formula
/// A scan is anomalous when it reports, per loop, more than ten times the rows that its table is known to
/// have; any node is when its rows over all loops pass 2^53, or when a figure is negative or no number.
///
/// ## Thresholds
/// Ten times the known rows (plan-math.md, "Anomaly"): concurrent inserts between the plan and the count
/// do not reach it. 2^53 is where a double stops counting in ones.
///
/// ## Silent when
/// The node is, or is below, the inner side of a merge join: rows that are read again after a restore
/// are counted again, legitimately. `reltuples` is believed only on engines without exact counts.
///
/// ## Remedies
/// The support request. There is nothing to tune.
///
/// ## Known limits
/// Without a row count only the absolute bounds are tested.
public struct AnomalousRows: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "AnomalousRows"
  /// Times the known rows of the table.
  static let mostTimesKnownRows = 10.0
  /// Past this a double no longer counts in ones.
  static let largestExactCount = 9_007_199_254_740_992.0

  /// The rule has no settings.
  public init() {}

  /// Looks at every node that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let recounting = nodesThatRecount(in: query)
    let findings = query.plan.nodes.indices.compactMap { index -> Finding? in
      guard !recounting.contains(index), let figures = query.plan.nodes[index].actual.figures else {
        return nil
      }
      return anomaly(figures, of: index, in: query)
    }
    return .examined(findings.filter { !isInherited($0, among: findings, in: query) })
  }

  /// Whether an input reports the impossible already.
  private func isInherited(_ finding: Finding, among findings: [Finding], in query: DiagnosticCase) -> Bool {
    let blamed = Set(findings.flatMap(\.blamedNodes))
    return finding.blamedNodes.contains { query.children[$0].contains(where: blamed.contains) }
  }

  private func anomaly(_ figures: ActualFigures, of index: Int, in query: DiagnosticCase) -> Finding? {
    Anomaly(figures, known: knownRows(of: index, in: query)).map {
      finding($0, figures, of: index, in: query)
    }
  }

  /// Rows of the table that the node reads, and where that number came from.
  private func knownRows(of index: Int, in query: DiagnosticCase) -> Anomaly.KnownRows? {
    guard let relation = query.relation(of: index) else { return nil }
    if let counted = relation.rowCount, counted.method == .exact {
      return (counted.value, "count(*) of \(relation.name.quoted)")
    }
    guard !query.engine.hasTableSample, let tuples = relation.statistics.relTuples else { return nil }
    return (tuples, "pg_class.reltuples of \(relation.name.quoted)")
  }

  /// Merge joins' inner sides and all below them.
  private func nodesThatRecount(in query: DiagnosticCase) -> Set<Int> {
    let mergeJoins = query.plan.nodes.indices.filter { query.plan.nodes[$0].type.name == "Merge Join" }
    return mergeJoins.reduce(into: []) { nodes, join in
      guard let inner = query.inputs(of: join).dropFirst().first else { return }
      nodes.formUnion(query.plan.subtree(of: inner))
    }
  }

  private func finding(
    _ anomaly: Anomaly, _ figures: ActualFigures, of index: Int, in query: DiagnosticCase
  ) -> Finding {
    let label = query.label(of: index)
    return Finding(
      rule: Self.name, title: "\(label) reports a \(anomaly.figure) that cannot be true",
      blamedNodes: [index],
      impact: .none, observations: [anomaly.observation(figures, label: label)],
      measurements: anomaly.measurements(figures), cause: anomaly.cause, remedies: [remedy],
      key: ProblemKey(Self.name, "\(index)"))
  }

  private var remedy: Remedy {
    Remedy(
      .reportBug, rationale: "Send the support request below; nothing in the query needs to change.",
      expectation: .unknown(
        direction: "none on the execution time: only EXPLAIN's figures are affected",
        missing: "an answer from the server's vendor"))
  }
}

/// What is impossible about a node's figures.
private enum Anomaly {
  /// A node that takes less than no time, or a time that is no number.
  case time
  /// Rows or loops below 0, or more rows than are counted in ones.
  case count
  /// More rows per loop than the table holds.
  case tooManyRows(KnownRows)

  typealias KnownRows = (rows: Double, source: String)

  init?(_ figures: ActualFigures, known: @autoclosure () -> KnownRows?) {
    let isTime = figures.startupTime ?? 0 >= 0 && figures.totalTime ?? 0 >= 0
    let isCount = figures.rows >= 0 && figures.loops >= 0
    if !isTime {
      self = .time
    } else if !isCount || figures.totalRows > AnomalousRows.largestExactCount {
      self = .count
    } else {
      guard let known = known(), figures.rows > AnomalousRows.mostTimesKnownRows * max(known.rows, 1) else {
        return nil
      }
      self = .tooManyRows(known)
    }
  }

  // MARK: Words

  var figure: String { if case .time = self { "time" } else { "row count" } }

  func observation(_ figures: ActualFigures, label: String) -> String {
    let rows =
      "\(label) reports \(Words.count(figures.rows)) rows per loop over \(Words.count(figures.loops)) loops."
    switch self {
    case .time:
      return
        "\(label) reports \(Words.milliseconds(figures.startupTime ?? 0)) to its first row and \(Words.milliseconds(figures.totalTime ?? 0)) in all, per loop."
    case .count: return rows + " No run of this statement can have produced that."
    case .tooManyRows(let known):
      return rows + " The table has \(Words.count(known.rows)) rows (\(known.source))."
    }
  }

  func measurements(_ figures: ActualFigures) -> [Measurement] {
    let reported = [
      Measurement("rows per loop", figures.rows, source: "actual rows"),
      Measurement("loops", figures.loops, source: "actual loops"),
    ]
    guard case .tooManyRows(let known) = self else { return reported }
    return reported + [Measurement("rows that the table has", known.rows, source: known.source)]
  }

  var cause: Cause {
    switch self {
    case .time: cause("No node takes less than no time", falsifier: "the plan was changed by hand")
    case .count:
      cause(
        "A node returns no fewer than no rows, and none that a double cannot count",
        falsifier: "the plan was changed by hand")
    case .tooManyRows:
      cause(
        "A scan cannot return more rows per loop than its table holds", basis: .supportedByCatalog,
        falsifier: "the table was emptied between the plan and the count")
    }
  }

  private func cause(_ reason: String, basis: Cause.Basis = .inferredFromPlan, falsifier: String) -> Cause {
    Cause(
      ["\(reason), so the figure is a potential reporting bug of the server, not a property of the query."],
      basis: basis, falsifier: falsifier)
  }
}
