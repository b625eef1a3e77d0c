import Catalog

extension EvidenceTables {
  /// CREATE STATISTICS.
  static func extendedStatistics(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Extended statistics",
      columns: ["Table", "Statistics", "Columns", "ndistinct", "dependencies", "mcv"],
      rows: book.relations.flatMap { relation in
        (relation.extendedStatistics ?? []).map { extended(relation.name, $0) }
      })
  }

  private static func extended(_ table: QualifiedName, _ statistics: ExtendedStatistics) -> [String] {
    let distinct = statistics.distinct.map { (columns($0.key), $0.value) }.sorted { $0.0 < $1.0 }
    let dependencies = statistics.dependencies.map { dependency in
      "\(columns(dependency.from)) → \(Markdown.code(dependency.to)) \(Figure.trimmed(dependency.degree, digits: 4))"
    }
    return [
      Markdown.code(table.label), Markdown.code(statistics.name), columns(statistics.columns),
      list(distinct.map { "\($0.0): \(Figure.count($0.1))" }), list(dependencies.sorted()),
      statistics.hasCommonCombinations ? "yes" : "none",
    ]
  }

  private static func columns(_ names: Set<String>) -> String {
    names.sorted().map(Markdown.code).joined(separator: ", ")
  }

  private static func list(_ items: [String]) -> String {
    items.isEmpty ? "none" : items.joined(separator: "; ")
  }

  /// Foreign keys of the tables and those that refer to them, each once.
  static func foreignKeys(_ book: EvidenceBook) -> EvidenceTable? {
    var seen: Set<[String]> = []
    let keys = book.relations.flatMap { $0.foreignKeys ?? [] }.filter { key in
      seen.insert([key.name, key.table.label, key.referencedTable.label]).inserted
    }
    return EvidenceTable(
      "Foreign keys",
      columns: ["Constraint", "Refers from", "To", "Rows that refer", "Index on the side that refers"],
      rows: keys.map { key in
        [
          Markdown.code(key.name), side(key.table, key.columns),
          side(key.referencedTable, key.referencedColumns),
          count(key.rows), key.isIndexed.map { $0 ? "yes" : "no" } ?? unknown,
        ]
      })
  }

  private static func side(_ table: QualifiedName, _ columns: [String]) -> String {
    Markdown.code("\(table.label) (\(columns.joined(separator: ", ")))")
  }

  /// What the planner is told of functions that somebody made.
  static func functions(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Functions",
      columns: ["Function", "Language", "Volatility", "ROWS", "COST", "Parallel safe", "Support function"],
      rows: book.functions.map { function in
        [
          Markdown.code("\(function.name.label)(\(function.arguments))"), function.language,
          "\(function.volatility)", function.rows > 0 ? Figure.count(function.rows) : "no set",
          Figure.trimmed(function.cost, digits: 4), function.isParallelSafe ? "yes" : "no",
          function.hasSupport ? "yes" : "no",
        ]
      })
  }

  /// What belongs to the database.
  static func database(_ book: EvidenceBook) -> EvidenceTable? {
    let facts = book.database
    let extensions = facts.extensions.sorted().map(Markdown.code).joined(separator: ", ")
    return EvidenceTable(
      "Database", columns: ["Fact", "Value"],
      rows: (facts.collation.map { [["Collation", Markdown.code($0)]] } ?? [])
        + (extensions.isEmpty ? [] : [["Extensions", extensions]]))
  }
}
