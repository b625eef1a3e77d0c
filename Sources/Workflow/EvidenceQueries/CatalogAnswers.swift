import Catalog
import Diagnosis
import PlanModel
import Postgres

/// What the catalogs answered, and what could not be had.
struct CatalogAnswers {
  /// Rows by what was asked.
  var rows: [CatalogTopic: Rows] = [:]
  /// What could not be had.
  var gaps: [EvidenceGap] = []

  /// The evidence of a plan.
  func book(for plan: ExplainedPlan, _ conditions: PlanConditions) -> EvidenceBook {
    let tables = PlanTables(plan)
    let found = (rows[.relations] ?? Rows(columns: [], rows: [])).map(CatalogRows.relation)
    var book = EvidenceBook(
      relations: found.map { relation($0, tested: tables.testedColumns(of: $0.name, conditions)) },
      settings: rows[.settings]?.map(CatalogRows.setting) ?? [],
      gaps: gaps + hiddenStatistics + standbysOwnCounters)
    book.database = rows[.database]?.first.map(CatalogRows.database) ?? DatabaseFacts()
    book.database.comparableTypes = rows[.comparableTypes].map { Set($0.map(CatalogRows.typePair)) }
    book.functions = rows[.functions]?.map(CatalogRows.function) ?? []
    return book
  }

  private func relation(_ statistics: RelationStatistics, tested: Set<String>) -> RelationEvidence {
    var relation = RelationEvidence(
      statistics: statistics,
      columns: (of(statistics.name, .columns) ?? []).map { column($0, tested: tested) },
      indexes: of(statistics.name, .indexes)?.map(CatalogRows.index))
    relation.extendedStatistics = of(statistics.name, .extendedStatistics)?.map(
      CatalogRows.extendedStatistics)
    relation.expressions = [.indexExpressions, .statisticsExpressions].flatMap { topic in
      of(statistics.name, topic)?.map(CatalogRows.column) ?? []
    }
    relation.foreignKeys = rows[.foreignKeys]?.map(CatalogRows.foreignKey)
      .filter { $0.table == statistics.name || $0.referencedTable == statistics.name }
    return relation
  }

  /// Another table's column of the same name may be tested, for which the values came.
  private func column(_ row: Row, tested: Set<String>) -> ColumnStatistics {
    var column = CatalogRows.column(row)
    column.isTested = tested.contains(column.name)
    guard !column.isTested else { return column }
    column.distribution?.mostCommonValues = []
    column.distribution?.mostCommonFrequencies = []
    column.distribution?.histogramBounds = []
    return column
  }

  /// Rows of a table; `nil` where nothing was answered.
  private func of(_ table: QualifiedName, _ topic: CatalogTopic) -> [Row]? {
    rows[topic].map { $0.filter { CatalogRows.tableName($0) == table } }
  }

  /// `pg_stats` leaves out what the role may not read, which looks like a table that was never analyzed.
  private var hiddenStatistics: [EvidenceGap] {
    let reason = "hides the statistics of columns and rows that the role may not read"
    func hidden(_ topic: CatalogTopic) -> [QualifiedName] {
      let rows = rows[topic]?.filter { $0.bool("statistics_hidden") == true && $0.bool("is_tested") != false }
      return Set((rows ?? []).map(CatalogRows.tableName)).sorted()
    }
    return hidden(.columns).map { table in
      EvidenceGap(missing: "column statistics of \(table.label)", reason: "pg_stats \(reason)")
    }
      + hidden(.extendedStatistics).map { table in
        EvidenceGap(missing: "extended statistics of \(table.label)", reason: "pg_stats_ext \(reason)")
      }
      + hidden(.indexExpressions).map { table in
        EvidenceGap(
          missing: "statistics of indexed expressions of \(table.label)",
          reason: "pg_stats shows them to the table's owner alone")
      }
  }

  private var standbysOwnCounters: [EvidenceGap] {
    guard rows[.relations]?.first?.bool("in_recovery") == true else { return [] }
    return [
      EvidenceGap(
        missing: "last ANALYZE and VACUUM, dead and modified rows",
        reason: """
          this is a hot standby, whose pg_stat_all_tables knows nothing of what its primary did; \
          ask there, and run ANALYZE and any DDL there
          """)
    ]
  }
}
