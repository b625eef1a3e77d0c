import Catalog
import Diagnosis
import PlanModel
import Postgres
import Statements

/// What the catalogs and the statistics views say about the tables of a plan.
struct CatalogEvidence {
  let plan: ExplainedPlan
  let conditions: PlanConditions
  let request: CaptureRequest

  /// Asks the server; what cannot be had becomes a gap.
  ///
  /// - Throws: only when the connection is lost or the run cancelled.
  func gather(on session: Session) async throws(PostgresError) -> EvidenceBook {
    let queries = CatalogQueries(tables: PlanTables(plan).names)
    switch try await answers(to: Self.statements(queries, request.engine), on: session) {
    case .success(let rows):
      let tables = rows.suffix(queries.all.count).map { $0 }
      return book(settings: rows[0], relations: tables[0], columns: tables[1], indexes: tables[2])
    case .failure:
      return try await gatherApart(queries, on: session)
    }
  }

  /// The settings come first: what follows has a search path in which nothing can stand in for the catalog.
  static func statements(_ queries: CatalogQueries, _ engine: EngineProfile) -> [SafeSQL] {
    [CatalogQueries.settings] + settings(engine) + queries.all
  }

  /// One statement after another, so that what the role may not read costs no more than itself.
  private func gatherApart(_ queries: CatalogQueries, on session: Session) async throws(PostgresError)
    -> EvidenceBook
  {
    var (gaps, settings) = ([EvidenceGap](), Rows?.none)
    switch try await answers(to: [CatalogQueries.settings], on: session) {
    case .success(let rows): settings = rows[0]
    case .failure(let refusal): gaps.append(refusal.gap("settings that bear on the plan"))
    }
    var bare = queries
    bare.readsViews = false
    let relations = try await firstAnswer(
      [(queries.relations, "activity counters (pg_stat_all_tables)"), (bare.relations, "table statistics")],
      &gaps, on: session)
    let columns = try await firstAnswer(
      [(queries.columns, "column statistics (pg_stats)"), (bare.columns, "column types")], &gaps, on: session)
    let indexes = try await firstAnswer([(queries.indexes, "index definitions")], &gaps, on: session)
    var book = book(settings: settings, relations: relations, columns: columns, indexes: indexes)
    book.gaps = gaps + book.gaps
    return book
  }

  /// The rows of the first query that is answered; every refusal before it becomes a gap.
  private func firstAnswer(
    _ queries: [(sql: SafeSQL, what: String)], _ gaps: inout [EvidenceGap], on session: Session
  ) async throws(PostgresError) -> Rows? {
    for query in queries {
      switch try await answers(to: Self.settings(request.engine) + [query.sql], on: session) {
      case .success(let rows): return rows.last
      case .failure(let refusal): gaps.append(refusal.gap(query.what, query: query.sql.text + ";"))
      }
    }
    return nil
  }

  private static func settings(_ engine: EngineProfile) -> [SafeSQL] {
    engine.settableSettings == nil ? [FunctionQueries.catalogSettings] : []
  }

  /// Runs statements in one transaction and one round trip.
  private func answers(
    to statements: [SafeSQL], on session: Session
  ) async throws(PostgresError) -> Result<[Rows], Refusal> {
    do throws(PostgresError) {
      return .success(
        try await session.transaction(request.questions) { transaction throws(PostgresError) in
          try await transaction.queryAll(statements.map { Statement($0.text) })
        })
    } catch {
      guard let refusal = Refusal(error) else { throw error }
      return .failure(refusal)
    }
  }

  // MARK: Reading

  private func book(settings: Rows?, relations: Rows?, columns: Rows?, indexes: Rows?) -> EvidenceBook {
    let labels = PlanTables(plan).labels
    let columnsByTable = columns.map { Dictionary(grouping: $0, by: CatalogRows.tableName) } ?? [:]
    let indexesByTable = indexes.map { Dictionary(grouping: $0, by: CatalogRows.tableName) }
    let found = relations?.map { row in
      let statistics = CatalogRows.relation(row)
      let needed = (labels[statistics.name] ?? []).flatMap(conditions.columnNames)
      let columns = (columnsByTable[statistics.name] ?? []).map(CatalogRows.column)
      return RelationEvidence(
        statistics: statistics, columns: columns.filter { needed.contains($0.name) },
        indexes: indexesByTable.map { ($0[statistics.name] ?? []).map(CatalogRows.index) })
    }
    return EvidenceBook(
      relations: found ?? [], settings: settings?.map(CatalogRows.setting) ?? [],
      gaps: Self.hiddenStatistics(columns) + Self.standbysOwnCounters(relations))
  }

  /// `pg_stats` leaves out what the role may not read, which looks like a table that was never analyzed.
  private static func hiddenStatistics(_ columns: Rows?) -> [EvidenceGap] {
    let hidden = columns?.filter { $0.bool("statistics_hidden") == true }.map(CatalogRows.tableName)
    return Set(hidden ?? []).sorted().map { table in
      EvidenceGap(
        missing: "column statistics of \(table.label)",
        reason: "pg_stats hides the statistics of columns and rows that the role may not read")
    }
  }

  private static func standbysOwnCounters(_ relations: Rows?) -> [EvidenceGap] {
    guard relations?.first?.bool("in_recovery") == true else { return [] }
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
