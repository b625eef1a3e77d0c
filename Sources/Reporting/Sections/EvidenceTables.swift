import Catalog
import Diagnosis

/// The tables of `## Evidence`.
enum EvidenceTables {
  /// `pg_class` and the activity views, one row per table.
  static func tables(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Table statistics",
      columns: [
        "Table", "Kind", "reltuples", "relpages", "Pages now", "relallvisible", "Rows counted",
        "Modified since ANALYZE", "Dead rows", "Last ANALYZE", "Last VACUUM",
      ],
      rows: book.relations.map { relation in
        let s = relation.statistics
        return [
          Markdown.code(s.name.label), kind(s), count(s.relTuples), count(s.relPages), count(s.currentPages),
          count(s.relAllVisible), counted(relation.rowCount), count(s.modifiedSinceAnalyze),
          count(s.deadTuples), s.lastAnalyze ?? unknown, s.lastVacuum ?? unknown,
        ]
      }, note: "`reltuples`, `relpages` and `relallvisible` are as of the last ANALYZE or VACUUM.")
  }

  /// `pg_stats`, one row per column that the statement reads.
  static func columns(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Column statistics",
      columns: [
        "Column", "Type", "null_frac", "n_distinct", "Most common values", "Their number",
        "Histogram bounds", "correlation",
      ],
      rows: book.relations.flatMap { relation in
        (relation.columns.filter(\.isTested) + relation.expressions).map { column(relation.name, $0) }
      }, note: notes(onColumns: book))
  }

  private static func notes(onColumns book: EvidenceBook) -> String {
    let others = book.relations.flatMap(\.columns).count { !$0.isTested }
    let rest = others > 0 ? " The plan tests none of \(Words.counted(Double(others), "other column"))." : ""
    return "A negative `n_distinct` is a share of the rows." + rest
  }

  /// All indexes of the tables.
  static func indexes(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Index definitions", columns: ["Table", "Index", "Definition", "Valid", "Size"],
      rows: book.relations.flatMap { relation in
        indexRows(relation)
      })
  }

  /// Rows counted per predicate and conjunction.
  static func counts(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Counts", columns: ["Table", "Predicate", "Rows", "Share of the table", "Method"],
      rows: book.relations.flatMap(countRows), note: book.counting.map(budget))
  }

  private static func budget(_ counting: CountingBudget) -> String {
    let sessions = counting.connections > 1 ? " on \(counting.connections) connections" : ""
    return
      "Counting, with distinct and frequent values, took \(Figure.seconds(counting.spent))\(sessions) of a budget "
      + "of \(Figure.seconds(counting.seconds)): twice the captured execution time, at least 10 s, at most 60 s."
  }

  /// Settings that bear on the plan: those that were changed, and the few that every plan rests on.
  static func settings(_ book: EvidenceBook) -> EvidenceTable? {
    let shown = book.settings.filter { !$0.isDefault || basicSettings.contains($0.name) }
    let others = book.settings.count - shown.count
    return EvidenceTable(
      "Settings", columns: ["Setting", "Value", "Default"],
      rows: shown.map { [Markdown.code($0.name), $0.label, $0.isDefault ? "yes" : "no"] },
      note: others > 0 ? "\(others) more settings that bear on plans are at their defaults." : nil)
  }

  private static let basicSettings: Set<String> = [
    "default_statistics_target", "effective_cache_size", "hash_mem_multiplier", "jit", "join_collapse_limit",
    "max_parallel_workers_per_gather", "random_page_cost", "seq_page_cost", "search_path", "work_mem",
  ]

  static let unknown = "not known"

  /// Values of a column that are printed, and the length at which one is cut: the report is not a data dump.
  private static let printedValues = 5
  private static let printedLength = 40

  static func count(_ value: Double?) -> String { value.map(Figure.count) ?? unknown }

  private static func counted(_ rows: CountedRows?) -> String {
    guard let rows else { return "not counted" }
    return Figure.count(rows.value) + (rows.method == .sampled ? " (sampled)" : "")
  }

  private static func kind(_ statistics: RelationStatistics) -> String {
    let name =
      switch statistics.kind {
      case .table: "table"
      case .partitionedTable: "partitioned table"
      case .partition: "partition"
      case .view: "view"
      case .materializedView: "materialized view"
      case .foreignTable: "foreign table"
      case .temporaryTable: "temporary table"
      case .other: "other"
      }
    let parent = statistics.parent.map { " of \(Markdown.code($0.label))" } ?? ""
    let key = statistics.partitionKey.map { " by \(Markdown.code($0))" } ?? ""
    let options = statistics.options.map(Markdown.code).joined(separator: ", ")
    return name + parent + key + (options.isEmpty ? "" : " with \(options)")
  }

  private static func column(_ table: QualifiedName, _ column: ColumnStatistics) -> [String] {
    let name = Markdown.code("\(table.label).\(column.name)")
    let collation = column.collation.map { " COLLATE \($0)" } ?? ""
    let type = column.type + collation + (column.isNotNull ? " NOT NULL" : "")
    guard let d = column.distribution else {
      let reason = column.isHidden ? "hidden from this role" : "no statistics"
      return [name, type] + Array(repeating: reason, count: 6)
    }
    return [
      name, type, Figure.trimmed(d.nullFrac, digits: 4), distinct(column, d),
      mostCommon(d),
      "\(d.mostCommonValues.count)", "\(d.histogramBounds.count)",
      d.correlation.map { Figure.trimmed($0, digits: 3) } ?? unknown,
    ]
  }

  private static func distinct(_ column: ColumnStatistics, _ distribution: ColumnDistribution) -> String {
    let set = column.nDistinctOption.map { " (set to \(Figure.trimmed($0, digits: 4)))" } ?? ""
    return Figure.trimmed(distribution.nDistinct, digits: 4) + set
  }

  private static func mostCommon(_ distribution: ColumnDistribution) -> String {
    let pairs = zip(distribution.mostCommonValues, distribution.mostCommonFrequencies)
    guard !distribution.mostCommonValues.isEmpty else { return "none" }
    return pairs.prefix(printedValues).map { value, share in
      "\(Markdown.code(cut(value))) \(Figure.percent(share))"
    }.joined(separator: ", ")
  }

  static func cut(_ value: String) -> String {
    value.count > printedLength ? String(value.prefix(printedLength)) + "…" : value
  }

  private static func indexRows(_ relation: RelationEvidence) -> [[String]] {
    let table = Markdown.code(relation.name.label)
    guard let indexes = relation.indexes else { return [[table, unknown, unknown, unknown, unknown]] }
    guard !indexes.isEmpty else { return [[table, "none", "–", "–", "–"]] }
    return indexes.map { index in
      [
        table, Markdown.code(index.name), Markdown.code(index.definition),
        index.isValid ? "yes" : "no: INVALID",
        index.sizeBytes.map(Figure.bytes) ?? unknown,
      ]
    }
  }

  private static func countRows(_ relation: RelationEvidence) -> [[String]] {
    let table = Markdown.code(relation.name.label)
    guard let total = relation.rowCount else { return [] }
    let method = total.method == .exact ? "count(*), one pass" : "count(*) over TABLESAMPLE SYSTEM, scaled"
    let all = [table, "all rows", Figure.count(total.value), "100%", method]
    return [all]
      + relation.predicateCounts.map { count in
        let predicate = Markdown.code(count.predicates.joined(separator: " AND "))
        let share = total.value > 0 ? Figure.percent(count.rows / total.value) : "–"
        return [table, predicate, Figure.count(count.rows), share, method]
      }
  }
}
