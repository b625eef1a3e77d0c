import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds reads of many partitions of which most hold no wanted row, because no condition tells the planner which.
///
/// ## Why it matters
/// Partitions are left out only by conditions on the partition key itself. A function or cast around the key, or no
/// condition on it, makes every query visit every partition.
///
/// ## Formula
/// Partitions below an Append that ran and returned no row / all that ran. Impact is the wall time of the empty
/// ones.
///
/// ## Thresholds
/// - at least 4 partitions ran: with fewer, planning for pruning saves less than an index would
/// - more than half of them returned no row (rules.md: "most")
/// - impact at least 5%: below that the finding would be LOW
///
/// ## Silent when
/// A condition on the bare key exists, so that the planner kept what its values allow; the key was not seen; or, with
/// no condition on the key at all, an index on what the filter tests is the better advice.
///
/// ## Remedies
/// The condition on the bare key that holds for the same rows, where one exists; else a question: a condition on the
/// key, if the wanted rows have a known range of it, needs your yes. Not tried: the statement is its author's to
/// change.
///
/// ## Known limits
/// Keys that are expressions themselves are not examined.
public struct PruningDefeated: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "PruningDefeated"
  /// Partitions that must have run.
  static let leastPartitions = 4
  /// Share of them that must have been empty.
  static let leastEmptyShare = 0.5
  /// Share of the execution that the empty ones must take.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every Append over partitions.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let appends = query.plan.nodes.indices.compactMap { PrunedAppend(append: $0, in: query) }
    return .examined(appends.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for append: PrunedAppend, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofWallTimeOf: append.empty.map(\.input))
    guard append.children.count >= Self.leastPartitions,
      Double(append.empty.count) > Self.leastEmptyShare * Double(append.children.count),
      impact.share >= Self.leastShare, let advice = advice(for: append, impact, in: query)
    else { return nil }
    return Finding(
      rule: Self.name,
      title: """
        \(append.empty.count) of \(append.children.count) partitions of \(append.table.quoted) were read for no row
        """,
      blamedNodes: append.empty.map(\.input), impact: impact,
      observations: [
        "The plan read \(append.children.count) partitions of \(append.table.quoted), and \(append.empty.count) of them returned nothing."
      ],
      measurements: [
        Measurement("partitions that ran", Double(append.children.count), source: "inputs of the Append"),
        Measurement("of them without a row", Double(append.empty.count), source: "actual rows"),
      ], cause: advice.cause, remedies: [advice.remedy],
      key: ProblemKey(Self.name, append.table.label))
  }

  private func advice(
    for append: PrunedAppend, _ impact: Impact, in query: DiagnosticCase
  ) -> (cause: Cause, remedy: Remedy)? {
    switch append.use {
    case .bare: nil
    case .wrapped(let predicate, let bare): wrapped(predicate, bare, append, impact, in: query)
    case .absent: isServedByIndex(append, in: query) ? nil : absent(append, impact)
    }
  }

  /// Each partition is found through an index, or could be: the partitions are not the problem.
  private func isServedByIndex(_ append: PrunedAppend, in query: DiagnosticCase) -> Bool {
    append.empty.contains { child in
      guard let scan = FilteredScan(node: child.scan, in: query) else { return false }
      let demand = IndexDemand(scan, in: query)
      return !(demand.equalities + demand.ranges).isEmpty
    }
  }

  // MARK: Words

  private func wrapped(
    _ predicate: ColumnPredicate, _ bare: String?, _ append: PrunedAppend, _ impact: Impact,
    in query: DiagnosticCase
  ) -> (Cause, Remedy) {
    let label = query.plan.nodes[append.children[0].scan].relation?.label ?? ""
    let words = PrintedText.unbracketed(
      PrintedText.unqualified(predicate.text?.text ?? "", label: label))
    let column = predicate.column.map { SQLIdentifier($0.name).quoted } ?? "the key"
    let cause = Cause(
      [
        """
        \(append.table.quoted) is partitioned by \(append.key). The statement tests \(words): \(column) stands inside \
        an expression, and the planner compares partition bounds with the bare key only.
        """
      ], basis: .supportedByCatalog,
      falsifier: "with \(column) bare on one side of the comparison the plan still reads these partitions")
    let change =
      bare.map { "Write \($0) instead of \(words)" }
      ?? "Add a condition on \(column) itself, beside \(words), that holds for all wanted rows"
    let remedy = StatementAdvice.remedy(
      change, rationale: "The planner then leaves out the partitions whose bounds exclude it.",
      caveats: bare == nil
        ? ["It needs your yes: no condition on the bare column is known to hold for exactly the same rows."]
        : [],
      impact: impact, replacing: "the time in partitions that returned nothing")
    return (cause, remedy)
  }

  private func absent(_ append: PrunedAppend, _ impact: Impact) -> (Cause, Remedy) {
    let cause = Cause(
      [
        "\(append.table.quoted) is partitioned by \(append.key), and no condition of the statement names that key."
      ],
      basis: .supportedByCatalog, falsifier: "the wanted rows may lie in any partition")
    let remedy = StatementAdvice.remedy(
      "If the wanted rows lie in a known range of the partition key \(append.key), say so in the statement",
      rationale: "The planner then leaves out the partitions whose bounds exclude it.",
      caveats: ["It needs your yes: whether there is such a range is known to the application only."],
      impact: impact, replacing: "the time in partitions that returned nothing")
    return (cause, remedy)
  }
}
