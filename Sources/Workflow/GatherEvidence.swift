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

/// How user tables may be scanned.
public struct ScanLimits: Sendable {
  /// `--exact-counts`: large tables are neither sampled nor left out.
  public var countsAll = false
  /// Sessions that may count at the same time, the run's own included.
  public var connections = 4

  /// Four connections; samples of large tables.
  public init() {}
}

/// Collects what the catalogs and the tables themselves say about the tables of a plan.
public struct GatherEvidence: Sendable {
  let plan: ExplainedPlan
  let conditions: PlanConditions
  let level: EvidenceLevel
  let request: CaptureRequest
  let scans: ScanLimits

  /// Evidence for the tables that a captured plan reads.
  public init(
    for plan: ExplainedPlan, conditions: PlanConditions, level: EvidenceLevel, request: CaptureRequest,
    scans: ScanLimits = ScanLimits()
  ) {
    self.scans = scans
    self.plan = plan
    self.conditions = conditions
    self.level = level
    self.request = request
  }

  /// Asks the server; what cannot be had becomes a gap, never an error, unless the run was cancelled.
  public func gather(on session: Session) async throws(PostgresError) -> EvidenceBook {
    guard level != .none else { return EvidenceBook(gaps: [Self.turnedOff]) }
    // Closed by the capture's time limit: what the statement's plan says is still worth a report.
    guard await session.isOpen || plan.isAnalyzed else { return EvidenceBook(gaps: [Self.connectionClosed]) }
    let catalog = CatalogEvidence(plan: plan, conditions: conditions, request: request)
    var book = try await catalog.gather(on: session)
    guard level == .full else { return book }
    try await count(into: &book, on: session)
    return book
  }

  private static let turnedOff = EvidenceGap(missing: "catalog evidence", reason: "--evidence none")
  private static let connectionClosed = EvidenceGap(
    missing: "catalog evidence and row counts",
    reason: "the connection had to be closed when the capture's time was over")

  // MARK: Counts

  private func count(into book: inout EvidenceBook, on session: Session) async throws(PostgresError) {
    let counting = CountingPlan(
      book, plan: plan, conditions: conditions, engine: request.engine, countsAll: scans.countsAll)
    let budget = EvidenceBudget(executionTime: plan.executionTime)
    let start = ContinuousClock.now
    let crew = await CountingCrew.gather(
      counting.sessions(upTo: scans.connections), around: session, for: request,
      until: start + .seconds(budget.seconds))
    book.add(try await crew.count(counting.jobs))
    book.gaps += counting.gaps
    book.counting = CountingBudget(
      seconds: budget.seconds, spent: (.now - start).inSeconds, connections: crew.sessions.count)
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
