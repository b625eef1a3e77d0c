import Catalog
import PlanModel
import SQLNames

/// What a SELECT in the place of an UPDATE or DELETE cannot show: triggers and foreign keys.
struct UnrunTriggers {
  private let change: DataChange
  private let query: DiagnosticCase

  init(of change: DataChange, in query: DiagnosticCase) {
    self.change = change
    self.query = query
  }

  /// What is known without running them, or that they were not run.
  var outcome: RuleOutcome {
    guard let table = query.evidence.relation(change.table), let keys = table.foreignKeys else {
      return .notExamined(gap([]))
    }
    let searches = keys.filter { $0.referencedTable == change.table && isFired($0) }
    let findings = searches.compactMap(finding)
    // A search by an index costs little; a trigger's function, or a table of unknown size, what it likes.
    let unknown =
      table.statistics.triggers.map { "trigger \(SQLIdentifier($0).quoted)" }
      + searches.filter { $0.isIndexed == nil || $0.isIndexed == false && $0.rows == nil }
      .map { "foreign key \(SQLIdentifier($0.name).quoted)" }
    return findings.isEmpty && !unknown.isEmpty ? .notExamined(gap(unknown)) : .examined(findings)
  }

  /// An UPDATE is checked only where it assigns a column that is referred to.
  private func isFired(_ key: ForeignKeyConstraint) -> Bool {
    change.columns.isEmpty || !Set(change.columns).isDisjoint(with: key.referencedColumns)
  }

  private var rows: Double { query.totalRows(of: 0) }

  private func gap(_ unknown: [String]) -> EvidenceGap {
    let names = unknown.isEmpty ? "triggers and foreign keys" : Words.list(unknown)
    return EvidenceGap(
      missing: "time in \(names) of \(change.table.quoted)",
      reason: """
        the \(change.command) was not run, only the SELECT that finds its rows; EXPLAIN (ANALYZE) of the \
        \(change.command) itself, in a transaction that is rolled back, prints a line for each trigger, and \
        plandx offline reads it
        """)
  }

  // MARK: The finding

  /// `nil` where the scans would cost little beside the statement, or their table is small.
  private func finding(_ key: ForeignKeyConstraint) -> Finding? {
    guard key.isIndexed == false, let pages = key.pages, let tuples = key.rows,
      tuples >= IndexAdvisor.leastTableRows, rows >= 1, let captured = query.plan.root.estimate?.totalCost,
      captured > 0
    else { return nil }
    let access = AccessCost(pages: pages, rows: tuples, constants: CostConstants(query.evidence))
    let once = access.sequentialScan(quals: Double(key.columns.count))
    let all = once * rows
    guard all / (all + captured) > TriggerTime.leastTotalShare else { return nil }
    let impact = Impact(milliseconds: nil, share: all / captured)
    return Finding(
      rule: TriggerTime.name,
      title: """
        The foreign key \(key.name) has no index: every row of the \(change.command) reads \(key.table.quoted) in full
        """,
      blamedNodes: [0], impact: impact,
      observations: [
        """
        \(scan(key)). By the planner's costs one scan is \(Words.count(once)), \(Words.counted(rows, "scan")) are \
        \(Words.count(all)), and the captured plan is \(Words.count(captured)).
        """,
        "The \(change.command) was not run, only the SELECT that finds its rows: the captured times hold nothing of this.",
      ],
      measurements: [
        Measurement("rows that fire the trigger", rows, source: "actual rows of the plan"),
        Measurement("rows of the table that refers", tuples, source: "pg_class.reltuples"),
        Measurement("blocks of the table that refers", pages, source: "pg_class.relpages"),
      ],
      cause: cause(key),
      remedies: [
        key.referringIndex(
          .computedCost(
            upToShare: impact.share,
            from: "the cost of the scans; not tried: the index does not exist yet, and the statement writes"))
      ], key: ProblemKey(TriggerTime.name, key.name))
  }

  private func cause(_ key: ForeignKeyConstraint) -> Cause {
    Cause(
      [
        "For each row the foreign key's trigger looks in \(key.table.quoted) for rows that refer to it by (\(key.columnList)), and no index leads with these columns."
      ],
      basis: .supportedByCatalog,
      falsifier:
        "EXPLAIN (ANALYZE) of the \(change.command) itself, in a transaction that is rolled back, shows no time in a trigger for constraint \(key.name)"
    )
  }

  private func scan(_ key: ForeignKeyConstraint) -> String {
    let size = key.rows.map { ", \(Words.about($0)) rows," } ?? ""
    return """
      \(key.table.quoted)\(size) refers to it by (\(key.columnList)) without an index that leads with them, so each of \
      \(Words.counted(rows, "row")) would read it in full
      """
  }
}

extension ForeignKeyConstraint {
  /// The columns that refer, quoted where they must be.
  var columnList: String { columns.map { SQLIdentifier($0).quoted }.joined(separator: ", ") }

  /// An index on the side that refers.
  func referringIndex(_ expectation: ExpectedImpact) -> Remedy {
    Remedy(
      .createIndex(IndexProposal(table: table, keys: columns.map { IndexKey($0) })),
      rationale: "Through an index on the referring columns each row's references are found at once.",
      caveats: ["Every write to these columns maintains one more index."], expectation: expectation)
  }
}
