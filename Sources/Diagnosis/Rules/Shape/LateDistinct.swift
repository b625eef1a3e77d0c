import Catalog
import PlanModel

/// Finds DISTINCT over a join that multiplied rows only for them to be collapsed again.
///
/// ## Why it matters
/// A table that is joined only to ask whether there is a partner repeats each row for every partner; all
/// repetitions are then sorted or hashed away. EXISTS asks without repeating.
///
/// ## Formula
/// A Unique, or an Aggregate without aggregate functions, above a join one side of which hands no column
/// further. multiplied = rows out of the join / rows of the side that is wanted; collapsed = rows into the
/// DISTINCT / rows out of it. Impact is the own time of the join, of what carries its rows, and of the
/// DISTINCT.
///
/// ## Thresholds
/// - both ratios at least 3x (as plan-math.md asks of a departure from independence)
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// Columns of the joined side are returned or joined further, rows are not multiplied, or the join is an outer
/// one.
///
/// ## Remedies
/// The join written as EXISTS, in words with the query's own names. Equal on every database, as DISTINCT
/// stays; where a key of the other side is returned, DISTINCT can go as well.
///
/// ## Known limits
/// A nested loop that looks the wanted side up for each row of the other is not seen as multiplying.
public struct LateDistinct: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "LateDistinct"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every DISTINCT that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(query.plan.nodes.indices.compactMap { finding(of: $0, in: query) })
  }

  private func finding(of node: Int, in query: DiagnosticCase) -> Finding? {
    guard isDistinct(node, in: query),
      let multiplied = MultipliedJoin(
        below: node, needing: query.labels(in: [.output, .groupKey], of: node), in: query)
    else { return nil }
    let blamed = multiplied.path(in: query) + [node]
    let impact = query.impact(ofOwnTimeOf: blamed)
    guard impact.share >= Self.leastShare else { return nil }
    let input = query.inputs(of: node).first.map(query.totalRows) ?? 0
    return Finding(
      rule: Self.name,
      title:
        "DISTINCT removes what the join with \(multiplied.tables(multiplied.other, in: query)) had multiplied",
      blamedNodes: blamed, impact: impact,
      observations: [
        """
        \(query.label(of: multiplied.join)) made \(Words.ratio(multiplied.factor)) as many rows as \
        \(multiplied.tables(multiplied.wanted, in: query)) brought; of \(Words.counted(input, "row")) \
        \(query.label(of: node)) kept \(Words.count(query.totalRows(of: node))).
        """
      ],
      measurements: [
        Measurement(
          "rows multiplied", multiplied.factor, unit: "x", source: "actual rows of the join and its input"),
        Measurement("rows into DISTINCT", input, source: "actual rows × loops"),
      ],
      cause: Cause(
        [
          "No column of \(multiplied.tables(multiplied.other, in: query)) is handed on: it only decides whether a row counts."
        ],
        basis: .inferredFromPlan, falsifier: "with EXISTS in its place the query takes as long"),
      remedies: [remedy(multiplied, impact: impact, in: query)], key: ProblemKey(Self.name, "\(node)"))
  }

  /// A node that only removes duplicates.
  private func isDistinct(_ node: Int, in query: DiagnosticCase) -> Bool {
    let plan = query.plan.nodes[node]
    if plan.type.name == "Unique" { return true }
    return plan.type.name == "Aggregate" && plan[.groupKey] != nil && plan.type.partialMode != "Partial"
      && query.aggregates(at: node).isEmpty
  }

  private func remedy(_ multiplied: MultipliedJoin, impact: Impact, in query: DiagnosticCase) -> Remedy {
    let table = multiplied.tables(multiplied.other, in: query)
    let keys = multiplied.keys(in: query).map { "\($0.other) = \($0.wanted)" }
    let condition = keys.isEmpty ? "the join condition" : keys.joined(separator: " AND ")
    return Remedy(
      .changeStatement(
        "Move \(table) out of the join: WHERE EXISTS (SELECT FROM \(table) WHERE \(condition)), with its other conditions inside."
      ),
      rationale: "A semi-join keeps each row once and stops at its first partner.",
      caveats: [
        "Keep DISTINCT unless a unique key of \(multiplied.tables(multiplied.wanted, in: query)) is among the columns returned."
      ],
      expectation: impact.expectation(
        from: "the own time of the join and of what removes its repetitions in the captured plan; not tried"))
  }
}
