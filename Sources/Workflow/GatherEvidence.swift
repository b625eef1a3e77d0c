import Catalog
import Diagnosis
import PlanModel
import Postgres
import Statements

/// How much evidence may be gathered.
public enum EvidenceLevel: String, Sendable, CaseIterable {
  /// Catalogs, and scans of user tables within the budget.
  case full
  /// Catalogs only.
  case catalog
  /// Nothing.
  case none
}

/// Collects what the catalogs and the tables themselves say about the tables of a plan.
public struct GatherEvidence: Sendable {
  let plan: ExplainedPlan
  let conditions: PlanConditions
  let level: EvidenceLevel
  let request: CaptureRequest

  /// Evidence for the tables that a captured plan reads.
  public init(
    for plan: ExplainedPlan, conditions: PlanConditions, level: EvidenceLevel, request: CaptureRequest
  ) {
    self.plan = plan
    self.conditions = conditions
    self.level = level
    self.request = request
  }

  /// Asks the server; what cannot be had becomes a gap, never an error, unless the run was cancelled.
  public func gather(on session: Session) async throws(PostgresError) -> EvidenceBook {
    guard level != .none else { return EvidenceBook(gaps: [Self.turnedOff]) }
    var book = try await catalog(on: session)
    guard level == .full else { return book }
    try await count(into: &book, on: session)
    return book
  }

  private static let turnedOff = EvidenceGap(missing: "catalog evidence", reason: "--evidence none")

  // MARK: Catalog

  /// Every catalog statement in one round trip, for any number of tables.
  private func catalog(on session: Session) async throws(PostgresError) -> EvidenceBook {
    let queries = CatalogQueries(tables: PlanTables(plan).names)
    do throws(PostgresError) {
      let answers = try await session.transaction(request.questions) { transaction throws(PostgresError) in
        try await transaction.queryAll(Self.catalogStatements(queries, request.engine))
      }
      let tables = answers.suffix(3).map { $0 }
      return book(relations: tables[0], columns: tables[1], indexes: tables[2], settings: answers[0])
    } catch {
      guard case .server(let server) = error else { throw error }
      return EvidenceBook(gaps: [EvidenceGap(missing: "catalog evidence", reason: server.message)])
    }
  }

  /// The settings come first: what follows has a search path in which nothing can stand in for the catalog.
  static func catalogStatements(_ queries: CatalogQueries, _ engine: EngineProfile) -> [Statement] {
    let statements =
      [CatalogQueries.settings]
      + (engine.settableSettings == nil ? [FunctionQueries.catalogSettings] : [])
      + [queries.relations, queries.columns, queries.indexes]
    return statements.map { Statement($0.text) }
  }

  private func book(relations: Rows, columns: Rows, indexes: Rows, settings: Rows) -> EvidenceBook {
    let labels = PlanTables(plan).labels
    let columnsByTable = Dictionary(grouping: columns, by: CatalogRows.tableName)
    let indexesByTable = Dictionary(grouping: indexes, by: CatalogRows.tableName)
    let found = relations.map { row in
      let statistics = CatalogRows.relation(row)
      let needed = (labels[statistics.name] ?? []).flatMap(conditions.columnNames)
      let columns = (columnsByTable[statistics.name] ?? []).map(CatalogRows.column)
      return RelationEvidence(
        statistics: statistics, columns: columns.filter { needed.contains($0.name) },
        indexes: (indexesByTable[statistics.name] ?? []).map(CatalogRows.index))
    }
    return EvidenceBook(
      relations: found, settings: settings.map(CatalogRows.setting), gaps: Self.hiddenStatistics(columns))
  }

  /// `pg_stats` leaves out what the role may not read, which looks like a table that was never analyzed.
  private static func hiddenStatistics(_ columns: Rows) -> [EvidenceGap] {
    let hidden = columns.filter { $0.bool("statistics_hidden") == true }.map(CatalogRows.tableName)
    return Set(hidden).sorted().map { table in
      EvidenceGap(
        missing: "column statistics of \(table.label)",
        reason: "pg_stats hides the statistics of columns and rows that the role may not read")
    }
  }

  // MARK: Counts

  private func count(into book: inout EvidenceBook, on session: Session) async throws(PostgresError) {
    let budget = EvidenceBudget(executionTime: plan.executionTime)
    let start = ContinuousClock.now
    for index in book.relations.indices {
      guard book.relations[index].statistics.kind.isCountable else { continue }
      let pass = CountingPass(
        book.relations[index], plan: plan, conditions: conditions, engine: request.engine)
      let counting = RowCounting(
        pass: pass, request: request, deadline: start + .seconds(budget.seconds), session: session)
      if let gap = try await counting.count(into: &book.relations[index]) { book.gaps.append(gap) }
    }
  }
}

extension RelationKind {
  /// Rows can be counted by a scan that costs what it seems to.
  var isCountable: Bool {
    switch self {
    case .table, .partition, .materializedView, .temporaryTable: true
    case .partitionedTable, .view, .foreignTable, .other: false
    }
  }
}
