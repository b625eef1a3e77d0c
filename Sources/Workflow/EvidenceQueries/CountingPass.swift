import Catalog
import Diagnosis
import PlanModel
import Postgres
import SQLNames
import Statements

/// One pass over a table: its rows, and the rows for which each predicate, and their conjunctions, hold.
///
///     SELECT count(*), count(*) FILTER (WHERE (o.status = 'open')), … FROM ONLY public.orders AS o
///
/// Predicates are those of the plan's nodes, as the server printed them, on this table's own columns.
struct CountingPass: Sendable {
  let table: QualifiedName
  /// The labels under which the plan reads the table; each predicate uses one of them.
  let labels: [String]
  /// What is counted, besides all rows.
  var conjunctions: [[CountablePredicate]]
  /// Columns whose distinct values are counted by the way, alone or together.
  var distinct: [[String]] = []
  /// Percent of the blocks to sample; `nil` counts all.
  let samplePercent: Int?

  /// The pass over a table of a plan.
  init(
    _ table: QualifiedName, plan: ExplainedPlan, conditions: PlanConditions, samplePercent: Int? = nil
  ) {
    self.table = table
    labels = PlanTables(plan).labels[table] ?? [table.name]
    conjunctions = Self.conjunctions(on: table, plan: plan, conditions: conditions)
    self.samplePercent = samplePercent
  }

  /// The statement that counts.
  var statement: SafeSQL {
    let counts = conjunctions.map { conjunction -> SafeSQL in
      "count(*) FILTER (WHERE \(conjunction.map { $0.sql }.joined(separator: " AND ")))"
    }
    let label = SQLIdentifier(labels.first ?? table.name)
    let distinctCounts = distinct.map { columns -> SafeSQL in
      let list = columns.map { column -> SafeSQL in "\(label).\(SQLIdentifier(column))" }.joined(
        separator: ", ")
      return columns.count == 1 ? "count(DISTINCT \(list))" : "count(DISTINCT ROW(\(list)))"
    }
    return Self.statement(counts: ["count(*)"] + counts + distinctCounts, source: source)
  }

  static func statement(counts: [SafeSQL], source: SafeSQL) -> SafeSQL {
    "SELECT \(counts.joined(separator: ", ")) FROM \(source)"
  }

  /// The table under its first label, and the same row again under every other: one scan serves
  /// predicates that were written for different aliases.
  private var source: SafeSQL {
    let label = SQLIdentifier(labels.first ?? table.name)
    let sample: SafeSQL = samplePercent.map { " TABLESAMPLE SYSTEM (\($0))" } ?? ""
    let first: SafeSQL = "ONLY \(table) AS \(label)\(sample)"
    let others = labels.dropFirst().map { other -> SafeSQL in
      " CROSS JOIN LATERAL (SELECT \(label).*) AS \(SQLIdentifier(other))"
    }
    return ([first] + others).joined(separator: "")
  }

  /// The counts; a sample's are scaled to the whole.
  func read(_ rows: Rows) -> CountedFacts {
    var facts = CountedFacts(table)
    guard let row = rows.first else { return facts }
    let scale = samplePercent.map { 100 / Double($0) } ?? 1
    func value(_ column: Int) -> Double { (row[column].flatMap(Double.init) ?? 0) * scale }
    facts.rowCount = CountedRows(value(0), method: samplePercent == nil ? .exact : .sampled)
    facts.predicateCounts = conjunctions.enumerated().map { index, conjunction in
      PredicateCount(predicates: conjunction.map(\.text), rows: value(index + 1))
    }
    facts.distinctCounts = distinct.enumerated().map { index, columns in
      DistinctCount(columns, value(conjunctions.count + 1 + index))
    }
    return facts
  }

  /// The same pass with other predicates.
  func counting(_ conjunctions: [[CountablePredicate]]) -> CountingPass {
    var pass = self
    pass.conjunctions = conjunctions
    pass.distinct = []
    return pass
  }

  /// The gap that predicates leave which cannot be evaluated on every row.
  func selectivityGap(_ reason: String) -> EvidenceGap {
    let texts = conjunctions.map { $0.map(\.text).joined(separator: " AND ") }
    return EvidenceGap(
      missing: "selectivity of \(texts.joined(separator: ", ")) on \(table.label)", reason: reason,
      query: statement.text + ";")
  }

  /// The gap that this pass leaves when it cannot be done.
  func gap(_ reason: String) -> EvidenceGap {
    EvidenceGap(
      missing: "row count and selectivities of \(table.label)", reason: reason, query: statement.text + ";")
  }

  // MARK: What is counted

  /// Each predicate alone, those of one column together, and those of one node together.
  private static func conjunctions(
    on table: QualifiedName, plan: ExplainedPlan, conditions: PlanConditions
  ) -> [[CountablePredicate]] {
    var all: [[CountablePredicate]] = []
    for (index, node) in plan.nodes.enumerated() where node.relation.map(QualifiedName.init) == table {
      let predicates = countable(at: index, in: plan, conditions)
      let byColumn = Dictionary(grouping: predicates.filter { $0.column != nil }) { $0.column ?? "" }
      let sameColumn = byColumn.sorted { $0.key < $1.key }.map(\.value)
      all += (predicates.map { [$0] } + sameColumn + [predicates]).filter { !$0.isEmpty }
    }
    var seen: Set<Set<String>> = []
    return all.filter { seen.insert(Set($0.map(\.text))).inserted }
  }

  private static func countable(
    at index: Int, in plan: ExplainedPlan, _ conditions: PlanConditions
  ) -> [CountablePredicate] {
    guard let label = plan.nodes[index].relation?.label else { return [] }
    let keys: [PropertyKey] = [.filter, .indexCond, .recheckCond]
    return keys.flatMap { conditions.predicates($0, of: index) }.compactMap { predicate in
      CountablePredicate(predicate, label: label)
    }
  }
}

/// A predicate that may stand in a counting pass.
struct CountablePredicate: Hashable, Sendable {
  /// As the plan prints it: the key by which rules find its count.
  let text: String
  /// The same, as a fragment that the grammar accepted.
  let sql: SafeSQL
  /// The column that it compares, where it is a plain one.
  let column: String?

  /// `nil` for what is not a matter of this table's rows alone: other tables, parameters, sub-selects,
  /// functions that change from call to call.
  init?(_ predicate: ColumnPredicate, label: String) {
    guard predicate.isCountable(label: label), let fragment = predicate.text else { return nil }
    text = fragment.text
    sql = "(\(fragment))"
    column = predicate.isBareColumn ? predicate.column?.name : nil
  }
}
