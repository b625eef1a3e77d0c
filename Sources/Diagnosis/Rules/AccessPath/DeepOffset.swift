import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds OFFSETs that read many rows only to skip them.
///
/// ## Why it matters
/// OFFSET cannot jump: the server makes every row before the page and throws it away. Each further page costs more
/// than the one before.
///
/// ## Formula
/// Rows that the Limit took from its input without returning them. Impact is the input's wall time, by the share of
/// its rows that were skipped.
///
/// ## Thresholds
/// - at least 10 rows skipped for each row returned (rules.md)
/// - at least 1,000 rows skipped: fewer are a few pages
/// - impact at least 5%: below that the finding would be LOW
///
/// ## Silent when
/// The rows are aggregated before they are skipped, or sorted for want of an index in their order: then all of them
/// are made for any page, and that is the problem. A sort although such an index exists is another matter: to go
/// along the index so far would cost more than to sort, and from the page's start it would not.
///
/// ## Remedies
/// Keyset pagination: the page starts behind the last row of the one before, by a condition on the columns of ORDER
/// BY, printed with the statement's own columns. It changes the interface (no page numbers), so it needs your yes
/// and is not tried.
///
/// ## Known limits
/// Whether the columns of ORDER BY tell rows apart is known from unique indexes only.
public struct DeepOffset: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "DeepOffset"
  /// Rows skipped for each row returned (rules.md).
  static let leastSkippedPerRow = 10.0
  /// Rows that must be skipped.
  static let leastSkipped = 1_000.0
  /// Share of the execution at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every Limit that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(query.plan.nodes.indices.compactMap { finding(at: $0, in: query) })
  }

  /// Nodes that make all of their rows before they hand on the first.
  private static let blocking: Set<String> = [
    "Sort", "Incremental Sort", "Aggregate", "HashAggregate", "GroupAggregate", "Group", "WindowAgg",
    "Unique",
    "SetOp", "HashSetOp",
  ]

  private func finding(at limit: Int, in query: DiagnosticCase) -> Finding? {
    guard query.plan.nodes[limit].type.name == "Limit", let input = query.inputs(of: limit).first else {
      return nil
    }
    let (taken, returned) = (query.totalRows(of: input), query.totalRows(of: limit))
    let skipped = taken - returned
    guard skipped >= Self.leastSkipped, skipped >= Self.leastSkippedPerRow * max(returned, 1),
      !makesAllRowsFirst(input, in: query)
    else { return nil }
    let impact = skippedPart(skipped / taken, of: query.impact(ofWallTimeOf: [input]))
    guard impact.share >= Self.leastShare else { return nil }
    return Finding(
      rule: Self.name,
      title: "OFFSET skips \(Words.count(skipped)) rows to return \(Words.count(returned))",
      blamedNodes: [input], impact: impact,
      observations: [
        "\(query.label(of: input)) made \(Words.counted(taken, "row")); the Limit above it threw away the first \(Words.count(skipped)) of them."
      ],
      measurements: [
        Measurement(
          "rows skipped", skipped, source: "actual rows of the Limit's input − actual rows of the Limit"),
        Measurement("rows returned", returned, source: "actual rows of the Limit"),
      ], cause: cause, remedies: [remedy(for: input, limit: limit, impact, in: query)],
      key: ProblemKey(Self.name, "\(limit)"))
  }

  private func skippedPart(_ share: Double, of impact: Impact) -> Impact {
    Impact(milliseconds: impact.milliseconds.map { $0 * share }, share: impact.share * share)
  }

  /// Follows the first inputs down to a scan.
  private func makesAllRowsFirst(_ input: Int, in query: DiagnosticCase) -> Bool {
    var current: Int? = input
    while let node = current {
      if Self.blocking.contains(query.plan.nodes[node].type.name) {
        return !sortsDespiteIndex(node, in: query)
      }
      current = query.inputs(of: node).first
    }
    return false
  }

  /// The planner sorts although an index has the order, because of the rows that are skipped.
  private func sortsDespiteIndex(_ sort: Int, in query: DiagnosticCase) -> Bool {
    switch AvoidableSort(node: sort, in: query)?.verdict(in: query) {
    case .exists: true
    case .propose(_, let benefit): benefit.extends != nil
    default: false
    }
  }

  // MARK: Words

  private var cause: Cause {
    Cause(
      [
        "The plan hands the rows on in order, one by one, and the statement asks to skip those of all earlier pages."
      ],
      basis: .inferredFromPlan, falsifier: "a page near the start takes as long as this one")
  }

  private func remedy(for input: Int, limit: Int, _ impact: Impact, in query: DiagnosticCase) -> Remedy {
    let keyset = Keyset(below: limit, in: query)
    let change =
      keyset.map {
        "Instead of OFFSET, write \($0.condition) with the values of the last row of the page before, and ORDER BY \($0.ordering)"
      }
      ?? "Instead of OFFSET, start behind the last row of the page before: a condition on the columns of ORDER BY, compared with that row's values"
    var caveats = [
      "It needs your yes: pages can then be turned one by one only, and a row that is inserted meanwhile no longer shifts the pages."
    ]
    caveats += keyset?.caveats ?? []
    return StatementAdvice.remedy(
      change,
      rationale:
        "With an index in this order the page begins where the condition points, however deep it is.",
      caveats: caveats, impact: impact, replacing: "the time of the rows that were skipped")
  }
}
