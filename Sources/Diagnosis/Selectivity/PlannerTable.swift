import Catalog

/// What the planner knows of a table when it estimates the rows of a scan.
struct PlannerTable {
  /// The catalog's evidence.
  var relation: RelationEvidence
  /// `RelOptInfo.tuples`: rows that the planner takes the table to have.
  var rows: Double
  /// Collations of text columns by name; a column without one has the database's.
  var collations: [String: String] = [:]
  /// The database's collation; `nil` where it is not known.
  var databaseCollation: String?
  /// Statistics of expressions, of an index or of CREATE STATISTICS, by their text in `pg_get_indexdef`'s form.
  var expressions: [String: ColumnStatistics] = [:]
  /// Statistics over several columns.
  var extended: [ExtendedStatistics] = []

  /// A table as the evidence has it; `nil` where its size is not known.
  init?(_ relation: RelationEvidence, in database: DatabaseFacts = DatabaseFacts()) {
    guard let rows = Self.rows(of: relation) else { return nil }
    self.init(relation, rows: rows)
    databaseCollation = database.collation
    let named = relation.columns.compactMap { column in column.collation.map { (column.name, $0) } }
    collations = Dictionary(named) { first, _ in first }
    let visible = relation.expressions.filter { $0.distribution != nil || !$0.isHidden }
    expressions = Dictionary(visible.map { ($0.name, $0) }) { first, second in
      first.distribution == nil ? second : first
    }
    extended = relation.extendedStatistics ?? []
  }

  /// A table of which the planner's row count is known.
  init(_ relation: RelationEvidence, rows: Double) {
    self.relation = relation
    self.rows = rows
  }

  /// Of a table that was never analyzed, or was empty then, the size follows from the width of its columns.
  private static func rows(of relation: RelationEvidence) -> Double? {
    let statistics = relation.statistics
    let isMeasured = statistics.relTuples != nil && statistics.relPages != 0
    if isMeasured || relation.columns.isEmpty || statistics.currentPages == nil {
      return relation.plannerRowCount?.rounded(.toNearestOrEven)
    }
    return statistics.currentPages.map { pages in
      TableSize(
        pages: pages, types: relation.columns.map(\.type), hasChildren: statistics.relTuples != nil
      ).rows
    }
  }

  /// A column, as far as the catalog has it.
  func column(_ name: String) -> PlannerColumn? {
    relation.column(name).map { column in
      PlannerColumn(
        column, rows: rows, collation: collation(of: column), index: endIndex(of: name),
        isUnique: hasUniqueIndex(on: name),
        isModified: relation.statistics.modifiedSinceAnalyze.map { $0 > 0 } ?? true)
    }
  }

  /// An expression on one of its columns: with statistics of its own, or with none at all.
  func expression(_ text: String?, type: String) -> PlannerColumn {
    let known = text.flatMap { expressions[$0] }
    return PlannerColumn(
      known ?? ColumnStatistics(name: "", type: type, isNotNull: false), rows: rows,
      collation: Collation(databaseCollation))
  }

  /// An index on an expression has statistics of it, which were not gathered.
  func hasUnreadExpression(_ text: String?) -> Bool {
    guard let text, expressions[text] == nil else { return false }
    return (relation.indexes ?? []).contains { $0.keys.contains { $0.isExpression && $0.text == text } }
  }

  private func collation(of column: ColumnStatistics) -> Collation {
    ValueType(column.type).isText ? Collation(collations[column.name] ?? databaseCollation) : .bytes
  }

  private func hasUniqueIndex(on name: String) -> Bool {
    (relation.indexes ?? []).contains { index in
      index.isUnique && index.isValid && index.predicate == nil && index.keys.map(\.text) == [name]
    }
  }

  /// The B-tree from which the planner reads the present minimum and maximum (`get_actual_variable_range`).
  private func endIndex(of name: String) -> String? {
    (relation.indexes ?? []).first { index in
      index.accessMethod == "btree" && index.isValid && index.predicate == nil
        && index.leadingColumns.first == name
    }?.name
  }
}

/// How text is ordered.
enum Collation: Equatable {
  /// By bytes: C and POSIX.
  case bytes
  /// By the rules of a language; `nil` where it is not known which.
  case language(String?)

  init(_ name: String?) {
    let isBytes = name.map { ["C", "POSIX", "ucs_basic", "C.UTF-8", "C.utf8"].contains($0) } ?? false
    self = isBytes ? .bytes : .language(name)
  }

  /// Whether comparing bytes gives its order for these strings: only digits and small letters of ASCII stand
  /// in the same order everywhere.
  func agreesWithBytes(_ values: [ColumnValue]) -> Bool {
    guard case .language = self else { return true }
    return values.allSatisfy { $0.key.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) } }
  }
}
