import Catalog

extension EvidenceTables {
  /// Distinct values that were counted, beside what the statistics have.
  static func distinctCounts(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Distinct values", columns: ["Table", "Columns", "Counted", "n_distinct of the statistics"],
      rows: book.relations.flatMap { relation in
        relation.distinctCounts.map { count in
          [
            Markdown.code(relation.name.label), count.columns.map(Markdown.code).joined(separator: ", "),
            Figure.count(count.value), known(count.columns, relation),
          ]
        }
      })
  }

  private static func known(_ columns: [String], _ relation: RelationEvidence) -> String {
    if columns.count > 1 {
      let extended = (relation.extendedStatistics ?? []).lazy.compactMap { $0.distinct[Set(columns)] }.first
      return extended.map(Figure.count) ?? "no extended statistics"
    }
    let distribution = columns.first.flatMap { relation.column($0)?.distribution }
    guard let distinct = distribution?.nDistinct else { return "no statistics" }
    guard distinct < 0, let rows = relation.plannerRowCount else {
      return Figure.trimmed(distinct, digits: 4)
    }
    return "\(Figure.trimmed(distinct, digits: 4)), that is \(Figure.count((-distinct * rows).rounded()))"
  }

  /// The values that were counted as the most frequent, a few of each column.
  static func frequentValues(_ book: EvidenceBook) -> EvidenceTable? {
    EvidenceTable(
      "Most frequent values",
      columns: ["Column", "Value", "Rows", "Share of the table", "Share in the statistics"],
      rows: book.relations.flatMap { relation in
        relation.frequentValues.flatMap { rows(of: $0, relation) }
      })
  }

  /// Values of a column that are printed: the report is not a data dump.
  private static let printedValues = 5

  private static func rows(of values: FrequentValues, _ relation: RelationEvidence) -> [[String]] {
    let distribution = relation.column(values.column)?.distribution
    let shares = Dictionary(
      zip(distribution?.mostCommonValues ?? [], distribution?.mostCommonFrequencies ?? [])
    ) { first, _ in first }
    return values.values.prefix(printedValues).map { entry in
      let share = entry.value.map { shares[$0].map(Figure.percent) ?? "not in the list" }
      return [
        Markdown.code("\(relation.name.label).\(values.column)"),
        entry.value.map { Markdown.code(cut($0)) } ?? "NULL",
        Figure.count(entry.rows) + (values.method == .sampled ? " (sampled)" : ""),
        relation.rowCount.map { $0.value > 0 ? Figure.percent(entry.rows / $0.value) : "–" } ?? unknown,
        share ?? distribution.map { Figure.percent($0.nullFrac) } ?? unknown,
      ]
    }
  }
}
