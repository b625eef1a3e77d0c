import Catalog
import PlanModel

/// Finds results that are large to send.
///
/// ## Why it matters
/// EXPLAIN ANALYZE makes the rows and throws them away. The client has to receive them, keep them and read them,
/// which no plan shows and often takes longest.
///
/// ## Formula
/// Rows of the root × their width by the planner's estimate. Impact is the root's own time: what it spends on
/// making the rows. The time to send them is not in the plan and not counted.
///
/// ## Thresholds
/// - over 100 MB (rules.md)
///
/// ## Silent when
/// The result is smaller, or the statement is run for what it changes.
///
/// ## Remedies
/// LIMIT, fewer columns, or a cursor that fetches in portions: which of them the reader knows. Not tried: each is
/// another result.
///
/// ## Known limits
/// Widths are averages, and values that are stored compressed are sent uncompressed.
public struct ResultToClient: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "ResultToClient"
  /// Bytes of a result that is worth a word (rules.md: 100 MB).
  static let leastBytes = 104_857_600.0

  /// The rule has no settings.
  public init() {}

  /// Looks at the root.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let (rows, width) = (query.totalRows(of: 0), Double(query.plan.root.estimate?.planWidth ?? 0))
    guard rows * width > Self.leastBytes, query.plan.root.type.command == nil else { return .examined([]) }
    return .examined([finding(rows: rows, width: width, in: query)])
  }

  private func finding(rows: Double, width: Double, in query: DiagnosticCase) -> Finding {
    let impact = query.impact(ofOwnTimeOf: [0])
    let size = Words.bytes(rows * width)
    return Finding(
      rule: Self.name, title: "The result is about \(size)", blamedNodes: [0], impact: impact,
      observations: [
        "\(query.label(of: 0)) returned \(Words.counted(rows, "row")) of about \(Words.bytes(width)): \(size) that the client has to receive. EXPLAIN ANALYZE does not send them, so that time is not in this plan."
      ],
      measurements: [
        Measurement("rows returned", rows, source: "actual rows of the root"),
        Measurement("row width", width, unit: "bytes", source: "cost … width"),
      ],
      cause: Cause(
        ["The statement asks for so many rows of so many columns."], basis: .inferredFromPlan,
        falsifier: "the client is as slow when it asks for the first rows only"),
      remedies: [
        StatementAdvice.remedy(
          "Ask for less: a LIMIT, the columns that are used, an aggregate instead of its rows, or a cursor that fetches portions",
          rationale: "What is not asked for is neither made nor sent.",
          caveats: [
            "It needs your yes: each of these is another result. An export that needs every row is right as it is; COPY sends it fastest."
          ],
          impact: impact, replacing: "the root's own time")
      ], key: ProblemKey(Self.name, "root"))
  }
}
