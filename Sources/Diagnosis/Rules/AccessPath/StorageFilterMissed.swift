import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds conditions that Aurora DSQL's query processor checks although storage could have.
///
/// ## Why it matters
/// A storage filter is checked where the rows are; what it discards is never sent. A condition in a form that
/// storage does not take is checked by the query processor, on rows that were all sent.
///
/// ## Formula
/// A scan over storage nodes whose own Filter removes rows by a condition that has a form which storage takes.
/// Impact is the scan's own time.
///
/// ## Thresholds
/// - waste over 50% by the query processor's Filter (plan-math.md, "high"), impact at least 5%
/// - without ANALYZE the scan's share of the cost stands for its time, and the waste is not known
///
/// ## Silent when
/// The condition has no such form, or another engine is analyzed.
///
/// ## Remedies
/// A comparison of rows, `(a, b) > (x, y)`: one SELECT for each column, joined by UNION ALL, each with ORDER BY and
/// LIMIT; equal where the columns are NOT NULL. An expression of a column: the condition on the bare column that
/// holds for the same rows. Not tried: the statement is its author's to change.
///
/// ## Known limits
/// Which forms storage takes is known from plans of 2026, not from the documentation; it changes quickly.
public struct StorageFilterMissed: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "StorageFilterMissed"

  /// The rule has no settings.
  public init() {}

  /// Looks at every scan over storage nodes.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let scans = query.plan.nodes.indices.filter { node in
      query.children[node].contains { query.plan.nodes[$0].type.isStorageNode }
    }
    guard query.plan.isAnalyzed || scans.isEmpty || !scans.allSatisfy({ missed(at: $0, in: query) == nil })
    else {
      return .notExamined(.notAnalyzed)
    }
    return .examined(scans.compactMap { finding(at: $0, in: query) })
  }

  /// A condition of the query processor, and how storage could check it.
  private struct Missed {
    var predicate: ColumnPredicate
    var change: String
    var caveats: [String]
  }

  private func finding(at scan: Int, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: [scan])
    guard let relation = query.plan.nodes[scan].relation, impact.share >= TestedScan.leastShare,
      isWasteful(scan, in: query), let missed = missed(at: scan, in: query)
    else { return nil }
    let table = QualifiedName(relation).quoted
    return Finding(
      rule: Self.name, title: "Storage sends rows of \(table) that the query processor discards",
      blamedNodes: [scan], impact: impact, observations: [observation(scan, in: query)],
      measurements: measurements(scan, in: query), cause: cause(missed),
      remedies: [
        StatementAdvice.remedy(
          missed.change,
          rationale: "In this form storage, or the index, excludes the rows before they are sent.",
          caveats: missed.caveats, impact: impact, replacing: "the scan's own time")
      ], key: ProblemKey(Self.name, "\(scan)"))
  }

  private func isWasteful(_ scan: Int, in query: DiagnosticCase) -> Bool {
    guard let removed = query.plan.nodes[scan].rowsRemovedByFilter else { return !query.plan.isAnalyzed }
    return removed / max(removed + query.rows(of: scan), 1) > TestedScan.leastWaste
  }

  private func missed(at scan: Int, in query: DiagnosticCase) -> Missed? {
    guard let label = query.plan.nodes[scan].relation?.label else { return nil }
    return query.conditions.predicates(.filter, of: scan).lazy.compactMap { predicate -> Missed? in
      rowComparison(predicate) ?? expression(predicate, label, query.relation(of: scan))
    }.first
  }

  // MARK: Forms

  /// `(a, b, c) > (x, y, z)`.
  private func rowComparison(_ predicate: ColumnPredicate) -> Missed? {
    guard case .row(let symbol) = predicate.comparison, ["<", "<=", ">", ">="].contains(symbol),
      predicate.columns.count > 1
    else { return nil }
    let strict = String(symbol.prefix(1))
    let columns = predicate.columns.map { SQLIdentifier($0.name).quoted }
    let branches = columns.indices.map { position in
      let isLast = position == columns.count - 1
      let equal = columns[..<position].map { "\($0) = :\($0)" }
      return (equal + ["\(columns[position]) \(isLast ? symbol : strict) :\(columns[position])"])
        .joined(separator: " AND ")
    }
    return Missed(
      predicate: predicate,
      change:
        "Write one SELECT for each of these, with the ORDER BY and LIMIT of the whole in each, and join them by UNION ALL: \(branches.joined(separator: "; "))",
      caveats: ["Equal only where \(Words.list(columns)) are NOT NULL."])
  }

  private func expression(
    _ predicate: ColumnPredicate, _ label: String, _ relation: RelationEvidence?
  ) -> Missed? {
    guard let column = predicate.column, column.belongs(to: label), !predicate.wrapping.isEmpty else {
      return nil
    }
    let type = relation?.column(column.name).map { ColumnType(text: $0.type) }
    let name = SQLIdentifier(column.name).quoted
    guard let bare = BarePredicate(predicate, column: name, type: type)?.text else { return nil }
    let words = PrintedText.unbracketed(
      PrintedText.unqualified(predicate.text?.text ?? "", label: label))
    return Missed(predicate: predicate, change: "Write \(bare) instead of \(words)", caveats: [])
  }

  // MARK: Words

  private func observation(_ scan: Int, in query: DiagnosticCase) -> String {
    guard query.plan.isAnalyzed else {
      return
        "\(query.label(of: scan)) checks a condition in the query processor; nothing was run, so how many rows it discards is not known."
    }
    return """
      \(query.label(of: scan)) received \(Words.about(query.totalRows(of: scan) + removed(scan, query))) rows from \
      storage and discarded \(Words.about(removed(scan, query))) of them.
      """
  }

  private func removed(_ scan: Int, _ query: DiagnosticCase) -> Double {
    (query.plan.nodes[scan].rowsRemovedByFilter ?? 0) * query.loops(of: scan)
  }

  private func measurements(_ scan: Int, in query: DiagnosticCase) -> [Measurement] {
    guard query.plan.isAnalyzed else { return [] }
    return [
      Measurement("rows discarded", removed(scan, query), source: "Rows Removed by Filter × loops")
    ]
  }

  private func cause(_ missed: Missed) -> Cause {
    Cause(
      [
        "The plan shows \(PrintedText.unbracketed(missed.predicate.text?.text ?? "")) as Filter, above storage, not as Index Cond or as Filters of a storage node."
      ], basis: .inferredFromPlan, falsifier: "in the other form the plan still shows it as Filter")
  }
}
