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
    let statements = [queries.relations, queries.columns, queries.indexes, CatalogQueries.settings]
    do throws(PostgresError) {
      let transaction = TransactionSettings(
        statementTimeout: .seconds(10), settings: request.settings, engine: request.engine)
      let answers = try await session.transaction(transaction) { transaction throws(PostgresError) in
        try await transaction.queryAll(statements.map { Statement($0.text) })
      }
      return book(relations: answers[0], columns: answers[1], indexes: answers[2], settings: answers[3])
    } catch {
      guard case .server(let server) = error else { throw error }
      return EvidenceBook(gaps: [EvidenceGap(missing: "catalog evidence", reason: server.message)])
    }
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
    return EvidenceBook(relations: found, settings: settings.map(CatalogRows.setting))
  }

  // MARK: Counts

  private func count(into book: inout EvidenceBook, on session: Session) async throws(PostgresError) {
    let budget = EvidenceBudget(executionTime: plan.executionTime)
    let start = ContinuousClock.now
    for index in book.relations.indices {
      let left = Duration.seconds(budget.seconds) - (.now - start)
      if let gap = try await count(&book.relations[index], within: left, on: session) {
        book.gaps.append(gap)
      }
    }
  }

  /// Counts one table; the gap when that could not be done.
  private func count(
    _ relation: inout RelationEvidence, within left: Duration, on session: Session
  ) async throws(PostgresError) -> EvidenceGap? {
    guard relation.statistics.kind.isCountable else { return nil }
    let pass = CountingPass(
      relation, plan: plan, conditions: conditions, engine: request.engine)
    guard left > .zero else { return pass.gap("the budget for scans of user tables is used up") }
    do throws(PostgresError) {
      pass.read(try await rows(of: pass, within: left, on: session), into: &relation)
      return nil
    } catch {
      guard case .server(let server) = error else { throw error }
      return try await countRowsAlone(&relation, pass: pass, after: server, within: left, on: session)
    }
  }

  private func rows(
    of pass: CountingPass, within left: Duration, on session: Session
  ) async throws(PostgresError) -> Rows {
    let transaction = TransactionSettings(
      statementTimeout: left, settings: request.settings, engine: request.engine)
    return try await session.transaction(transaction) { transaction throws(PostgresError) in
      try await transaction.query(pass.statement.text)
    }
  }

  /// A predicate that cannot be evaluated on every row (a cast that another predicate protected) must not
  /// cost the row count.
  private func countRowsAlone(
    _ relation: inout RelationEvidence, pass: CountingPass, after error: ServerError, within left: Duration,
    on session: Session
  ) async throws(PostgresError) -> EvidenceGap? {
    let isOfNoUse = error.isStatementTimeout || error.sqlState.isPermissionDenied || pass.conjunctions.isEmpty
    guard !isOfNoUse else { return pass.gap(error.isStatementTimeout ? "the budget was used up" : error.message) }
    var alone = pass
    alone.conjunctions = []
    do throws(PostgresError) {
      alone.read(try await rows(of: alone, within: left, on: session), into: &relation)
      return EvidenceGap(
        missing: "selectivities of predicates on \(relation.name.label)", reason: error.message,
        query: pass.statement.text + ";")
    } catch {
      guard case .server(let server) = error else { throw error }
      return pass.gap(server.message)
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
