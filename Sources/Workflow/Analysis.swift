import Catalog
import Diagnosis
import PlanModel
import PlanReading
import Postgres
import Statements

/// How a live analysis is to be done.
public struct AnalysisOptions: Sendable {
  /// How much evidence may be gathered.
  public var evidence = EvidenceLevel.full
  /// How user tables may be scanned for it.
  public var scans = ScanLimits()
  /// Seconds of captured execution over which no experiment runs; at most 30.
  public var experimentLimit = ExperimentBudget.longestCapture
  /// `--no-experiments`.
  public var skipsExperiments = false
  /// `--all`: minor findings are printed too.
  public var showsAll = false

  /// The defaults.
  public init() {}
}

/// What a live analysis found.
public struct AnalysisResult: Sendable {
  /// The captured plan.
  public var capture: Capture
  /// What was learnt about the tables.
  public var evidence: EvidenceBook
  /// The findings in order.
  public var findings: RankedFindings
  /// What the experiments did.
  public var experiments: ExperimentSection
  /// For an anomaly: rows that `count(*)` over the statement gives; `nil` where it was not asked.
  public var confirmedRowCount: Double?
}

/// The step that an analysis is at, for progress on the terminal.
public enum AnalysisPhase: String, Sendable {
  case capture = "capturing the plan"
  case evidence = "gathering evidence"
  case experiments = "running experiments"
  case report = "writing the report"
}

/// Phases 1 to 3 on a live database: capture, evidence, findings and their trials.
public struct Analysis: Sendable {
  let request: CaptureRequest
  let functions: FunctionAdmission
  let options: AnalysisOptions

  /// An analysis of one statement.
  public init(
    _ request: CaptureRequest, functions: FunctionAdmission = FunctionAdmission(),
    options: AnalysisOptions = AnalysisOptions()
  ) {
    self.request = request
    self.functions = functions
    self.options = options
  }

  /// Runs all phases on one session.
  public func run(
    on session: Session, progress: (AnalysisPhase) -> Void = { _ in }
  ) async throws(CaptureError) -> AnalysisResult {
    progress(.capture)
    let capture = try await Capture.take(request, on: session, functions: functions)
    return try await Analysis(capture.request, functions: functions, options: options)
      .examined(capture, on: session, progress)
  }

  private func examined(
    _ capture: Capture, on session: Session, _ progress: (AnalysisPhase) -> Void
  ) async throws(CaptureError) -> AnalysisResult {
    progress(.evidence)
    let conditions = PlanConditions(capture.plan.plan, fixed: request.fixedParameters(in: capture.plan.plan))
    let gathering = GatherEvidence(
      for: capture.plan.plan, conditions: conditions, level: options.evidence, request: request,
      scans: options.scans)
    var evidence = try await CaptureError.wrapping { () throws(PostgresError) in
      try await gathering.gather(on: session)
    }
    evidence.gaps.insert(contentsOf: capture.functions.gaps, at: 0)
    let query = DiagnosticCase(
      plan: capture.plan.plan, conditions: conditions, statement: request.statement.shape,
      evidence: evidence, engine: request.engine, change: request.statement.change,
      imposedSettings: Set(request.own.map(\.name)))
    return try await tried(RuleRegistry.examine(query), capture, evidence, on: session, progress)
  }

  private func tried(
    _ examination: Examination, _ capture: Capture, _ evidence: EvidenceBook, on session: Session,
    _ progress: (AnalysisPhase) -> Void
  ) async throws(CaptureError) -> AnalysisResult {
    progress(.experiments)
    let experiments = Experiments(
      request: request, limit: options.experimentLimit, areTurnedOff: options.skipsExperiments)
    let section = try await CaptureError.wrapping { () throws(PostgresError) in
      try await experiments.run(capture, findings: examination.findings, on: session)
    }
    let findings = examination.afterTrials(section, of: capture.plan.plan).ranked(
      showingAll: options.showsAll)
    return AnalysisResult(
      capture: capture, evidence: evidence, findings: findings, experiments: section,
      confirmedRowCount: try await confirmedRowCount(findings, capture, on: session))
  }

  /// Impossible figures raise the question whether the result is right: `count(*)` answers it.
  private func confirmedRowCount(
    _ findings: RankedFindings, _ capture: Capture, on session: Session
  ) async throws(CaptureError) -> Double? {
    let seconds = (capture.plan.plan.executionTime ?? .infinity) / 1_000
    guard findings.findings.contains(where: \.finding.isBugReport), seconds <= options.experimentLimit else {
      return nil
    }
    let transaction = request.transaction(timeout: .seconds(ExperimentBudget.longestCapture))
    do throws(CaptureError) {
      return try await request.answer(to: request.counting, transaction, on: session)
        .first?["count", as: Double.self]
    } catch {
      guard case .postgres(let error) = error, !error.isOfStatement else { return nil }
      throw .postgres(error)
    }
  }
}

extension AdmittedStatement {
  /// What the user's UPDATE or DELETE would change, where the catalog said which table it is.
  fileprivate var change: DataChange? {
    guard origin != .select, let target else { return nil }
    return DataChange(command: origin.rawValue, table: target, columns: assignedColumns)
  }
}

extension CaptureRequest {
  /// Counts the rows that the statement returns.
  var counting: Statement {
    parameters.statement(
      "SELECT count(*) FROM (\(statement.sql)\n) AS counted", mentioning: statement.parameters)
  }

  /// The parameters that a generic plan's conditions show and that mean the statement's own: their values
  /// are known. Before release 17 EXPLAIN gives what an InitPlan returns the same kind of name, `$1`.
  func fixedParameters(in plan: ExplainedPlan) -> Set<Int> {
    guard planKind == .generic, parameters.all.allSatisfy({ $0.type != nil }) else { return [] }
    let returned = plan.nodes.flatMap { $0.relationship.returnedParameters }
    return parameters.numbers.subtracting(returned)
  }
}
