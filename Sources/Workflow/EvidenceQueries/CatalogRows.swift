import Catalog
import JSONTree
import Postgres

/// Reads the answers of ``CatalogQueries`` into values.
enum CatalogRows {
  /// One table per row.
  static func relation(_ row: Row) -> RelationStatistics {
    var relation = RelationStatistics(name: tableName(row), kind: kind(row))
    relation.relTuples = row["reltuples", as: Double.self]
    relation.relPages = row["relpages", as: Double.self]
    relation.relAllVisible = row["relallvisible", as: Double.self]
    relation.currentPages = row["current_pages", as: Double.self]
    relation.modifiedSinceAnalyze = row["n_mod_since_analyze", as: Double.self]
    relation.deadTuples = row["n_dead_tup", as: Double.self]
    relation.lastAnalyze = row["last_analyze"]
    relation.lastVacuum = row["last_vacuum"]
    relation.parent = row["parent_name"].map { QualifiedName(schema: row["parent_schema"], name: $0) }
    relation.partitions = row["partitions"].map { json($0).map(partition) }
    relation.partitionKey = row["partition_key"]
    relation.options = json(row["options"]).compactMap(\.string)
    relation.triggers = json(row["triggers"]).compactMap(\.string)
    relation.rowSecurityActive = row.bool("row_security") ?? false
    return relation
  }

  /// One column per row.
  static func column(_ row: Row) -> ColumnStatistics {
    var column = ColumnStatistics(
      name: row["attname"] ?? "", type: row["type"] ?? "", isNotNull: row.bool("attnotnull") ?? false,
      isBTreeIndexable: row.bool("btree_indexable") ?? false, distribution: distribution(row))
    column.isHidden = row.bool("statistics_hidden") ?? false
    column.isTested = row.bool("is_tested") ?? true
    column.collation = row["collation"]
    column.nDistinctOption = row["n_distinct_option", as: Double.self]
    return column
  }

  /// One statistics object per row.
  static func extendedStatistics(_ row: Row) -> ExtendedStatistics {
    let columns = json(row["columns"]).compactMap { column in
      column["number"]?.int.flatMap { number in column["name"]?.string.map { (number, $0) } }
    }
    let names = Dictionary(columns) { first, _ in first }
    let name = QualifiedName(schema: row["statistics_schema"], name: row["statistics_name"] ?? "")
    return ExtendedStatistics(
      name: name.label, columns: Set(names.values),
      distinct: ColumnSets.distinct(row["n_distinct"], names),
      dependencies: ColumnSets.dependencies(row["dependencies"], names),
      hasCommonCombinations: row.bool("has_combinations") ?? false)
  }

  /// One foreign key per row, of the table that refers.
  static func foreignKey(_ row: Row) -> ForeignKeyConstraint {
    ForeignKeyConstraint(
      name: row["conname"] ?? "", table: tableName(row), columns: json(row["columns"]).compactMap(\.string),
      referencedTable: QualifiedName(schema: row["referenced_schema"], name: row["referenced_name"] ?? ""),
      referencedColumns: json(row["referenced_columns"]).compactMap(\.string),
      rows: row["reltuples", as: Double.self], pages: row["relpages", as: Double.self],
      isIndexed: row.bool("is_indexed"))
  }

  /// One function per row.
  static func function(_ row: Row) -> FunctionEvidence {
    FunctionEvidence(
      name: QualifiedName(schema: row["nspname"], name: row["proname"] ?? ""),
      arguments: row["arguments"] ?? "",
      rows: row["prorows", as: Double.self] ?? 0, cost: row["procost", as: Double.self] ?? 0,
      volatility: row["provolatile"].flatMap(FunctionEvidence.Volatility.init) ?? .volatile,
      hasSupport: row.bool("has_support") ?? false, language: row["lanname"] ?? "",
      isParallelSafe: row.bool("is_parallel_safe") ?? false)
  }

  /// The one row about the database.
  static func database(_ row: Row) -> DatabaseFacts {
    DatabaseFacts(
      collation: row["collation"], extensions: Set(json(row["extensions"]).compactMap(\.string)),
      availableExtensions: row["available_extensions"].map { Set(json($0).compactMap(\.string)) })
  }

  /// One pair of types per row.
  static func typePair(_ row: Row) -> TypePair {
    TypePair(row["left_type"] ?? "", row["right_type"] ?? "")
  }

  /// One index per row.
  static func index(_ row: Row) -> IndexDefinition {
    let parts = json(row["parts"]).map(indexKey)
    let keyCount = row["indnkeyatts", as: Int.self] ?? parts.count
    return IndexDefinition(
      name: row["index_name"] ?? "", definition: row["definition"] ?? "",
      accessMethod: row["amname"] ?? "", keys: Array(parts.prefix(keyCount)),
      includedColumns: parts.dropFirst(keyCount).map(\.text), isUnique: row.bool("indisunique") ?? false,
      isPrimary: row.bool("indisprimary") ?? false, isValid: row.bool("indisvalid") ?? true,
      predicate: row["predicate"], sizeBytes: row["size_bytes", as: Double.self])
  }

  /// One setting per row.
  static func setting(_ row: Row) -> PlannerSetting {
    PlannerSetting(
      name: row["name"] ?? "", value: row["setting"] ?? "", unit: row["unit"],
      isDefault: row.bool("is_default") ?? true)
  }

  /// The table that a row of any of these answers is about.
  static func tableName(_ row: Row) -> QualifiedName {
    QualifiedName(schema: row["nspname"], name: row["relname"] ?? "")
  }

  // MARK: Pieces

  private static func kind(_ row: Row) -> RelationKind {
    if row.bool("relispartition") == true, row["relkind"] == "r" { return .partition }
    if row["relpersistence"] == "t" { return .temporaryTable }
    return switch row["relkind"] {
    case "r": .table
    case "p": .partitionedTable
    case "v": .view
    case "m": .materializedView
    case "f": .foreignTable
    default: .other
    }
  }

  private static func distribution(_ row: Row) -> ColumnDistribution? {
    guard let nullFrac = row["null_frac", as: Double.self],
      let nDistinct = row["n_distinct", as: Double.self]
    else { return nil }
    return ColumnDistribution(
      nullFrac: nullFrac, nDistinct: nDistinct, avgWidth: row["avg_width", as: Int.self] ?? 0,
      mostCommonValues: json(row["most_common_vals"]).compactMap(\.string),
      mostCommonFrequencies: json(row["most_common_freqs"]).compactMap(\.double),
      histogramBounds: json(row["histogram_bounds"]).compactMap(\.string),
      correlation: row["correlation", as: Double.self])
  }

  private static func partition(_ part: JSONValue) -> PartitionSize {
    PartitionSize(
      QualifiedName(schema: part["schema"]?.string, name: part["name"]?.string ?? ""),
      relTuples: part["reltuples"]?.double)
  }

  /// Bits of `pg_index.indoption`: 1 is DESC, 2 is NULLS FIRST.
  private static func indexKey(_ part: JSONValue) -> IndexKey {
    let option = part["option"]?.int ?? 0
    return IndexKey(
      part["text"]?.string ?? "", isExpression: part["expression"]?.bool ?? false,
      isDescending: option & 1 != 0, nullsFirst: option & 2 != 0, operatorClass: part["class"]?.string)
  }

  /// The elements of a JSON array that the server made; none for NULL.
  private static func json(_ text: String?) -> [JSONValue] {
    guard let text, let tree = try? JSONTree(text.utf8) else { return [] }
    return tree.root.elements
  }
}
