import Catalog
import Postgres
import SQLNames
import Statements

/// The values of columns of one table, by one scan.
///
///     SELECT … FROM (SELECT t.status AS value, count(*) AS rows FROM ONLY public.orders AS t GROUP BY 1) …
struct ValueCount: Sendable {
  let table: QualifiedName
  let columns: [String]
  /// The most frequent values of the one column too.
  let listsValues: Bool
  /// The table's rows are those of its partitions.
  var isPartitioned = false
  /// Percent of the blocks to sample; `nil` reads all.
  var samplePercent: Int?

  /// Values that are listed.
  static let listed = 20

  /// The statement that counts.
  var statement: SafeSQL {
    if listsValues { return Self.listing(names, source) }
    return Self.counting(names, columns.count == 1 ? "\(source) WHERE \(names) IS NOT NULL" : source)
  }

  private var source: SafeSQL {
    let sample: SafeSQL = samplePercent.map { " TABLESAMPLE SYSTEM (\($0))" } ?? ""
    let only: SafeSQL = isPartitioned ? "" : "ONLY "
    return "\(only)\(table) AS t\(sample)"
  }

  private var names: SafeSQL {
    columns.map { column -> SafeSQL in "t.\(SQLIdentifier(column))" }.joined(separator: ", ")
  }

  /// DISTINCT in a sub-query can be hashed, `count(DISTINCT …)` sorts.
  static func counting(_ names: SafeSQL, _ source: SafeSQL) -> SafeSQL {
    "SELECT count(*) AS distinct_values FROM (SELECT DISTINCT \(names) FROM \(source)) AS d"
  }

  /// `format` writes a value as its type does, as `pg_stats` has it; a cast to text may not.
  static func listing(_ name: SafeSQL, _ source: SafeSQL) -> SafeSQL {
    """
    WITH grouped AS MATERIALIZED (SELECT \(name) AS value, count(*) AS rows FROM \(source) GROUP BY 1)
    SELECT (SELECT count(value) FROM grouped) AS distinct_values,
      CASE WHEN value IS NOT NULL THEN pg_catalog.format('%s', value) END AS value, rows
    FROM grouped ORDER BY rows DESC, 2 LIMIT \(listed)
    """
  }

  /// What was counted; of a sample the values are scaled to the whole, and nothing is said of their number.
  func read(_ rows: Rows) -> CountedFacts {
    var facts = CountedFacts(table)
    let method: CountMethod = samplePercent == nil ? .exact : .sampled
    let scale = samplePercent.map { 100 / Double($0) } ?? 1
    if method == .exact {
      facts.distinctCounts = [DistinctCount(columns, rows.first?["distinct_values", as: Double.self] ?? 0)]
    }
    guard listsValues else { return facts }
    let entries = rows.map { row in
      FrequentValues.Entry(row["value"], rows: (row["rows", as: Double.self] ?? 0) * scale)
    }
    facts.frequentValues = [FrequentValues(column: columns[0], values: entries, method: method)]
    return facts
  }

  /// The gap that is left when it cannot be counted.
  func gap(_ reason: String) -> EvidenceGap {
    let what = listsValues ? "distinct and frequent values" : "distinct values"
    return EvidenceGap(
      missing: "\(what) of \(columns.joined(separator: ", ")) of \(table.label)", reason: reason,
      query: statement.text + ";")
  }
}

extension ColumnStatistics {
  /// Its type has no equality, or none that hashes: counting would sort the whole table.
  var isCountedByHashing: Bool {
    let base = type.prefix { $0 != "(" }
    return isBTreeIndexable && !Self.sortedTypes.contains(String(base))
  }

  /// Types with a B-tree operator class and no hash operator class (`pg_opclass`).
  private static let sortedTypes: Set<String> = ["bit", "bit varying", "money", "tsquery", "tsvector"]
}
