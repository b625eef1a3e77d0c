import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds statements that spend their time in triggers.
///
/// ## Why it matters
/// A foreign key is kept by triggers. For each row that is deleted, or whose key changes, the server looks for rows
/// that refer to it; without an index on the referring columns it reads that whole table each time. No node of the
/// plan shows it.
///
/// ## Formula
/// The time of each `Trigger` line below the plan. Impact is that time.
///
/// An UPDATE or DELETE is not run but rewritten to a SELECT, so that no trigger ran. What a foreign key without an
/// index on the side that refers would take is then reckoned: rows that the statement changes × the planner's cost
/// of one scan of the table that refers. Impact is that cost as a share of the captured plan's, at most all of it.
///
/// ## Thresholds
/// - all triggers together over 20% of the execution (rules.md)
/// - a trigger of at least 5%: below that the finding would be LOW
/// - of triggers that did not run: their cost over 20% of the statement's with them
/// - no index on a table under 1,000 rows
///
/// ## Silent when
/// Triggers take less. An UPDATE that does not assign the columns that are referred to fires no trigger of theirs.
/// A table's own triggers cannot be judged unless they ran: then what was not examined names them.
///
/// ## Remedies
/// An index on the referring columns. Not tried: it does not exist yet, and the statement would write.
///
/// ## Known limits
/// What a trigger's function does inside is not in the plan: auto_explain with `log_nested_statements` shows it.
public struct TriggerTime: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "TriggerTime"
  /// Share of the execution that all triggers together must take (rules.md).
  static let leastTotalShare = 0.2
  /// Share that one trigger must take.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at the trigger lines below the plan.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    if let change = query.change { return UnrunTriggers(of: change, in: query).outcome }
    let total = query.plan.triggers.compactMap(\.time).reduce(0, +)
    guard let execution = query.timings.totalTime, execution > 0, total > Self.leastTotalShare * execution
    else {
      return .examined([])
    }
    return .examined(query.plan.triggers.compactMap { finding(for: $0, execution, in: query) })
  }

  private func finding(for trigger: TriggerExecution, _ execution: Double, in query: DiagnosticCase)
    -> Finding?
  {
    guard let time = trigger.time, time >= Self.leastShare * execution else { return nil }
    let impact = Impact(milliseconds: time, share: time / execution)
    let key = FiredConstraint(trigger, in: query)
    let remedy = remedy(key, impact)
    return Finding(
      rule: Self.name,
      title: "Trigger \(trigger.name) took \(Words.percent(time / execution)) of the execution",
      blamedNodes: [0], impact: impact,
      observations: [
        "It ran \(Words.counted(trigger.calls, "time")) and took \(Words.milliseconds(time)), \(Words.milliseconds(time / max(trigger.calls, 1))) each. The nodes of the plan do not show it."
      ],
      measurements: [Measurement("time in the trigger", time, unit: "ms", source: "Trigger … time")],
      cause: cause(key, trigger), remedies: [remedy].compactMap(\.self),
      noRemedy: remedy == nil ? noRemedy(key) : nil, key: ProblemKey(Self.name, trigger.name))
  }

  // MARK: Words

  private func cause(_ key: FiredConstraint?, _ trigger: TriggerExecution) -> Cause {
    guard let key else {
      return Cause(
        ["It is a trigger of the table's own, not of a foreign key: the time is that of its function."],
        basis: .inferredFromPlan, falsifier: "with the trigger disabled the statement takes as long")
    }
    guard let constraint = key.constraint else {
      return Cause(
        ["It keeps the foreign key \(key.name). Whether the referring columns have an index was not seen."],
        basis: .unverified, falsifier: "an index on the referring columns exists",
        check: CheckQueries.foreignKey(key.name).text)
    }
    let columns = constraint.columnList
    guard key.looksForReferences else {
      return Cause(
        [
          "It looks up each new key of \(constraint.table.quoted) (\(columns)) in \(constraint.referencedTable.quoted), by that table's unique index."
        ],
        basis: .supportedByCatalog, falsifier: "without the foreign key the statement takes as long")
    }
    let rows = constraint.rows.map { " of \(Words.about($0)) rows" } ?? ""
    let kept =
      "For each row it looks in \(constraint.table.quoted)\(rows) for rows that refer to it by (\(columns))"
    switch constraint.isIndexed {
    case false?:
      return Cause(
        ["\(kept), and no index leads with these columns: each time the whole table is read."],
        basis: .supportedByCatalog, falsifier: "after building the index the trigger takes as long")
    case true?:
      return Cause(
        ["\(kept), through an index: the time is that of the rows that it finds and changes."],
        basis: .supportedByCatalog, falsifier: "few rows refer to the changed ones")
    case nil:
      return Cause(
        ["\(kept). Whether an index leads with these columns was not seen."], basis: .unverified,
        falsifier: "an index on the referring columns exists", check: CheckQueries.foreignKey(key.name).text)
    }
  }

  private func remedy(_ key: FiredConstraint?, _ impact: Impact) -> Remedy? {
    guard let key, key.looksForReferences, let constraint = key.constraint, constraint.isIndexed == false,
      constraint.rows ?? IndexAdvisor.leastTableRows >= IndexAdvisor.leastTableRows
    else { return nil }
    return constraint.referringIndex(
      .computed(
        upTo: impact.milliseconds ?? 0,
        from:
          "the trigger's time in the captured plan; not tried: the index does not exist yet, and the statement writes"
      ))
  }

  private func noRemedy(_ key: FiredConstraint?) -> String {
    guard let key else {
      return
        "Look at what the function does for each row: auto_explain with log_nested_statements prints the plans inside it."
    }
    if key.constraint == nil || key.looksForReferences && key.constraint?.isIndexed == nil {
      return "If the query above shows no index that leads with the referring columns, build one on them."
    }
    return "No index is missing: write fewer rows at a time, or expect this for each of them."
  }
}

/// The foreign key that a trigger line names.
struct FiredConstraint {
  /// The constraint's name.
  let name: String
  /// The constraint, where its table was seen.
  let constraint: ForeignKeyConstraint?
  /// It looks for rows that refer to a changed one; otherwise it looks up the row that a new one refers to.
  let looksForReferences: Bool

  /// `nil` for triggers of users.
  init?(_ trigger: TriggerExecution, in query: DiagnosticCase) {
    let words = trigger.name.split(
      separator: "for constraint ", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2 else { return nil }
    let parts = words[1].split(separator: " on ")
    let name = parts.first.map(String.init) ?? ""
    let known = query.evidence.relations.flatMap { $0.foreignKeys ?? [] }.filter { $0.name == name }
    self.name = name
    constraint = known.first
    let changed = query.plan.root.relation.map { QualifiedName($0).name }
    looksForReferences =
      words[0].contains("RI_ConstraintTrigger_a_")
      || !words[0].contains("RI_ConstraintTrigger_c_") && known.first?.referencedTable.name == changed
  }
}
