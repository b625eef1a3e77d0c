import Catalog
import Statements

/// What a question to the catalogs is about.
enum CatalogTopic: String, CaseIterable, Sendable {
  case settings, relations, columns, indexes, extendedStatistics, indexExpressions, statisticsExpressions
  case foreignKeys, database, comparableTypes, functions

  /// What is missing without an answer.
  var words: String {
    switch self {
    case .settings: "settings that bear on the plan"
    case .relations: "table statistics"
    case .columns: "columns and their statistics"
    case .indexes: "index definitions"
    case .extendedStatistics: "extended statistics (pg_stats_ext)"
    case .indexExpressions: "statistics of indexed expressions (pg_stats)"
    case .statisticsExpressions: "statistics of the expressions of CREATE STATISTICS (pg_stats_ext_exprs)"
    case .foreignKeys: "foreign keys"
    case .database: "collation and extensions of the database"
    case .comparableTypes: "comparisons of different types (pg_amop)"
    case .functions: "estimates of the functions that the statement calls (pg_proc)"
    }
  }
}

/// One question to the catalogs, in the forms that it may take.
struct CatalogQuestion: Sendable {
  /// What it is about.
  let topic: CatalogTopic
  /// What to ask, and what to ask where the role or the engine refuses that.
  let forms: [Form]

  /// One way to ask.
  struct Form: Sendable {
    let sql: SafeSQL
    /// What is missing when this form is refused.
    let missing: String
  }

  init(_ topic: CatalogTopic, _ sql: SafeSQL) {
    self.init(topic, [Form(sql: sql, missing: topic.words)])
  }

  init(_ topic: CatalogTopic, _ forms: [Form]) {
    self.topic = topic
    self.forms = forms
  }
}

extension CatalogQueries {
  /// Every question, the settings first: what follows has a search path in which nothing can stand in for
  /// the catalog.
  var questions: [CatalogQuestion] {
    let all = [
      CatalogQuestion(.settings, Self.settings), aboutRelations, aboutColumns,
      CatalogQuestion(.indexes, indexes), CatalogQuestion(.extendedStatistics, extendedStatistics),
      CatalogQuestion(.indexExpressions, indexExpressions),
      CatalogQuestion(.statisticsExpressions, statisticsExpressions),
      CatalogQuestion(.foreignKeys, foreignKeys), aboutDatabase,
      CatalogQuestion(.comparableTypes, comparableTypes), CatalogQuestion(.functions, functions),
    ]
    return all.filter(isAsked)
  }

  /// Whether the engine and the release have what it asks for.
  private func isAsked(_ question: CatalogQuestion) -> Bool {
    switch question.topic {
    case .foreignKeys: engine.hasForeignKeys
    case .statisticsExpressions: version >= 140_000 && !isMissing("pg_statistic_ext")
    case .extendedStatistics: version >= 120_000 && !isMissing("pg_statistic_ext")
    case .functions: version >= 120_000 && !isMissing("pg_proc")
    case .indexExpressions: engine.hasExpressionIndexes
    default: true
    }
  }

  /// What is not asked and yet may be there.
  var gaps: [EvidenceGap] {
    guard isMissing("pg_stats_ext") else { return [] }
    return [EvidenceGap(missing: "extended statistics", reason: "\(engine.name) has no pg_stats_ext")]
  }

  private func isMissing(_ catalog: String) -> Bool { engine.missingCatalogs.contains(catalog) }

  private var aboutRelations: CatalogQuestion {
    let words = CatalogTopic.relations.words
    let plain = CatalogQuestion.Form(sql: plainRelations, missing: words)
    guard !isMissing("pg_stat_all_tables") else { return CatalogQuestion(.relations, [plain]) }
    return CatalogQuestion(
      .relations,
      [
        .init(sql: relations(), missing: "activity counters (pg_stat_all_tables)"),
        .init(sql: relations(readingCounters: false), missing: words), plain,
      ])
  }

  private var aboutColumns: CatalogQuestion {
    let words = "column types"
    guard engine.hasOperatorClasses else {
      return CatalogQuestion(.columns, [.init(sql: plainColumns, missing: CatalogTopic.columns.words)])
    }
    return CatalogQuestion(
      .columns,
      [
        .init(sql: columns(), missing: "column statistics (pg_stats)"),
        .init(sql: columns(readingStatistics: false), missing: words),
      ])
  }

  private var aboutDatabase: CatalogQuestion {
    guard !isMissing("pg_extension") else {
      return CatalogQuestion(
        .database, "SELECT d.datcollate AS collation FROM pg_database d WHERE d.datname = current_database()")
    }
    return CatalogQuestion(
      .database,
      [
        .init(sql: database(), missing: "extensions that could be made (pg_available_extensions)"),
        .init(sql: database(readingAvailable: false), missing: CatalogTopic.database.words),
      ])
  }
}
