import Catalog
import PlanModel
import PlanReading
import Postgres
import Statements

/// What is to be captured, and under which conditions.
public struct CaptureRequest: Sendable {
  /// The admitted statement.
  public var statement: AdmittedStatement
  /// What the engine can do.
  public var engine: EngineProfile
  /// How long the statement may run.
  public var timeout: Duration
  /// Settings that make this session the application's: search_path, others, and last the role.
  public var settings: [TransactionSettings.Setting]
  /// The values of the statement's parameters.
  public var parameters: BoundParameters
  /// Which plan of a statement with parameters is wanted: in the capture and in every trial.
  public var planKind: PlanKind
  /// The statement that the SELECT stands for cannot use index-only scans, so they are off.
  var avoidsIndexOnlyScans = false

  /// A request with the default time limit of five minutes.
  public init(
    statement: AdmittedStatement, engine: EngineProfile, timeout: Duration = .seconds(300),
    settings: [TransactionSettings.Setting] = [], parameters: BoundParameters = BoundParameters(),
    planKind: PlanKind = .custom
  ) {
    self.statement = statement
    self.engine = engine
    self.timeout = timeout
    self.settings = settings
    self.parameters = parameters
    self.planKind = planKind
  }

  /// The conditions of every transaction that plans or runs the statement.
  func transaction(
    timeout: Duration, adding more: [TransactionSettings.Setting] = []
  ) -> TransactionSettings {
    TransactionSettings(statementTimeout: timeout, settings: settings + own + more, engine: engine)
  }

  /// What every such transaction is given besides: a statement that would not have been parallel as the
  /// user wrote it is not made so, and a generic plan must be asked for.
  var own: [TransactionSettings.Setting] {
    let serial: [TransactionSettings.Setting] =
      statement.mustRunSerially && engine.hasWorkMem ? [.init("max_parallel_workers_per_gather", "0")] : []
    let fetching: [TransactionSettings.Setting] =
      avoidsIndexOnlyScans ? [.init("enable_indexonlyscan", "off")] : []
    let generic: [TransactionSettings.Setting] = [.init("plan_cache_mode", "force_generic_plan")]
    return serial + fetching + (planKind == .generic ? generic + parameters.settings : [])
  }

  /// The conditions of a transaction that asks the catalog.
  var questions: TransactionSettings {
    TransactionSettings(statementTimeout: .seconds(10), settings: settings, engine: engine)
  }

  /// The same request for the plan of the other kind; `nil` where the statement or the engine has but one.
  var forOtherKind: CaptureRequest? {
    guard !parameters.all.isEmpty, engine.hasGenericPlans else { return nil }
    var other = self
    other.planKind = planKind.other
    return other
  }
}

/// A captured plan.
public struct Capture: Sendable {
  /// The plan to analyse: with actual figures, or without when the time limit struck.
  public var plan: ReadPlan
  /// Whether, and after how long, the time limit struck.
  public var timedOutAfter: Duration?
  /// Whether the SELECT's plan is that of the user's UPDATE or DELETE; `nil` for other statements.
  public var fidelity: RewriteFidelity?
  /// What admission could not look at, and vouches that were not needed.
  public var functions = AdmittedFunctions()
  /// The parameters, with the types that the server gave them as far as they are known.
  public var parameters = BoundParameters()
  /// What the plan of the other kind would be like; `nil` for a statement without parameters.
  public var otherPlan: OtherPlan?
  /// As whom and under which settings the plan was made.
  public var context = SessionContext()
  /// Whether index-only scans were off, as they are for the user's UPDATE or DELETE.
  var avoidsIndexOnlyScans = false
}

/// Why a capture failed, beside what the server reports.
public enum CaptureError: Error, Sendable, Equatable {
  /// The server or the connection.
  case postgres(PostgresError)
  /// A function that is not allowed, with where it is used.
  case functionRejected(FunctionRejection)
  /// The server's plan could not be read: a fault of this program.
  case unreadablePlan(PlanReadingError)
  /// Lines of the server's plan were not understood: a fault of this program.
  case planReadInPart([PlanReadingNote])
  /// A type that `--param` named cannot be taken.
  case parameterType(number: Int, name: String, ParameterTypeProblem)
  /// Why `--generic-plan` cannot be had.
  case noGenericPlan(GenericPlanProblem)
}

/// Why a statement's generic plan cannot be had.
public enum GenericPlanProblem: Sendable, Equatable {
  /// The engine, by its name, does not let `plan_cache_mode` be set.
  case engine(String)
  /// The statement has no parameters, and so but one plan.
  case noParameters
  /// Values of this type would be made of text by a function that somebody made.
  case castByFunction(type: String)
}

extension Capture {
  /// Captures the plan of a statement: admission of its functions, plain EXPLAIN, EXPLAIN ANALYZE, all in
  /// read-only transactions that are rolled back.
  ///
  /// - Throws: the server's first error verbatim; its position counts characters of the admitted statement.
  public static func take(
    _ request: CaptureRequest, on session: Session, functions: FunctionAdmission
  ) async throws(CaptureError) -> Capture {
    try request.checkPlanKind()
    let admitted = try await functions.check(request, on: session)
    var request = request
    request.parameters = try await ParameterTypeLookup(request: request).parameters(on: session)
    let original = await OriginalPlan.explained(request, on: session, functions: functions)
    request.avoidsIndexOnlyScans =
      await original?.forbidsIndexOnlyScans(of: request, on: session) ?? false
    let answers = try await explainTwice(request, on: session)
    let estimated = try read(answers.plain)
    let fidelity = original.map { RewriteFidelity($0, against: estimated.plan, request) }
    request.parameters = request.parameters.typed(answers.types ?? [])
    var capture = Capture(
      plan: estimated, fidelity: fidelity, functions: admitted, parameters: request.parameters,
      avoidsIndexOnlyScans: request.avoidsIndexOnlyScans)
    do throws(CaptureError) {
      capture.plan = try readResult(answers.analyzed).get()
    } catch {
      guard error.isTimeout || error == .postgres(.unresponsive) else { throw error }
      capture.timedOutAfter = request.timeout
    }
    // Closed by the time limit: what plain EXPLAIN has said is still worth a report.
    guard await session.isOpen else {
      capture.context = SessionContextQuery.unknown(
        "the connection had to be closed when the capture's time was over")
      return capture
    }
    try await capture.addOtherPlan(request, on: session)
    capture.context = try await SessionContextQuery(request, estimated.plan).context(on: session)
    capture.fidelity = capture.fidelity?.explained(by: capture.context)
    return capture
  }

  /// What plain EXPLAIN says of the plan of the other kind: never a reason to fail.
  private mutating func addOtherPlan(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) {
    guard let other = request.forOtherKind else { return }
    let form = ExplainForm(request.engine, analyze: false)
    do throws(CaptureError) {
      let transaction = other.transaction(timeout: request.timeout)
      let (plan, types) = try await Self.explainTyped(other, transaction: transaction, on: session, form)
      parameters = parameters.typed(types ?? [])
      otherPlan = .estimated(plan.plan)
    } catch {
      otherPlan = .unknown(try Self.reasonToGoOn(error))
    }
  }

  /// - Throws: the error itself when the session does not go on.
  private static func reasonToGoOn(_ error: CaptureError) throws(CaptureError) -> String {
    switch error {
    case .noGenericPlan: return "a value would be made of text by a user-made cast"
    case .unreadablePlan, .planReadInPart: return "it could not be read"
    case .postgres(let postgres):
      guard let refusal = Refusal(postgres) else { throw error }
      return refusal.reason
    default: throw error
    }
  }

  private struct Answers {
    var plain: Rows
    var analyzed: Result<Rows, PostgresError>
    var types: [ParameterType]?
  }

  /// Plain EXPLAIN, which shows the server's errors before anything runs and is what remains when the time
  /// limit strikes, then EXPLAIN ANALYZE, in one transaction.
  private static func explainTwice(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) -> Answers {
    let answers: Result<Answers, CaptureError>
    do throws(PostgresError) {
      let settings = request.transaction(timeout: request.timeout)
      answers = try await session.transaction(settings) { transaction throws(PostgresError) in
        let statement = try await request.explainable(in: transaction)
        if let type = statement.unfit { return .failure(.unfit(type)) }
        let plain = try await statement.explain(ExplainForm(request.engine, analyze: false))
        do throws(PostgresError) {
          let analyzed = try await statement.explain(ExplainForm(request.engine, analyze: true))
          return .success(Answers(plain: plain, analyzed: .success(analyzed), types: statement.types))
        } catch {
          if error.isWorthRepeating { throw error }
          return .success(Answers(plain: plain, analyzed: .failure(error), types: statement.types))
        }
      }
    } catch {
      throw .postgres(error)
    }
    return try answers.get()
  }

  private static func readResult(_ answer: Result<Rows, PostgresError>) -> Result<ReadPlan, CaptureError> {
    answer.mapError(CaptureError.postgres).flatMap { rows in
      Result { () throws(CaptureError) in try read(rows) }
    }
  }

  /// Runs one EXPLAIN in a transaction of its own and reads the plan.
  static func explain(
    _ request: CaptureRequest, transaction: TransactionSettings, on session: Session, _ form: ExplainForm
  ) async throws(CaptureError) -> ReadPlan {
    try await explainTyped(request, transaction: transaction, on: session, form).plan
  }

  private static func explainTyped(
    _ request: CaptureRequest, transaction: TransactionSettings, on session: Session, _ form: ExplainForm
  ) async throws(CaptureError) -> (plan: ReadPlan, types: [ParameterType]?) {
    let answer: Result<(rows: Rows, types: [ParameterType]?), CaptureError>
    do throws(PostgresError) {
      answer = try await session.transaction(transaction) { transaction throws(PostgresError) in
        let statement = try await request.explainable(in: transaction)
        if let type = statement.unfit { return .failure(.unfit(type)) }
        return .success((try await statement.explain(form), statement.types))
      }
    } catch {
      throw .postgres(error)
    }
    let (rows, types) = try answer.get()
    return (try read(rows), types)
  }

  /// Reads a server's whole answer: what is left over would be missing from every conclusion.
  static func read(_ rows: Rows) throws(CaptureError) -> ReadPlan {
    let plan: ReadPlan
    do throws(PlanReadingError) {
      plan = try PlanReader.readAnswer(rows.map { $0[0] ?? "" }.joined(separator: "\n"))
    } catch {
      throw .unreadablePlan(error)
    }
    guard plan.notes.isEmpty, plan.otherPlans.isEmpty else { throw .planReadInPart(plan.notes) }
    return plan
  }
}

/// How EXPLAIN is spelt for an engine.
struct ExplainForm {
  private let prefix: SafeSQL

  /// The capture's own options, or those of plain EXPLAIN.
  init(_ engine: EngineProfile, analyze: Bool) {
    switch (engine.explainOptions != nil, analyze) {
    case (true, true): prefix = "EXPLAIN (ANALYZE, VERBOSE, BUFFERS, SETTINGS) "
    case (true, false): prefix = "EXPLAIN (VERBOSE, SETTINGS) "
    case (false, true): prefix = "EXPLAIN ANALYZE VERBOSE "
    case (false, false): prefix = "EXPLAIN VERBOSE "
    }
  }

  private init(prefix: SafeSQL) { self.prefix = prefix }

  /// Runs the statement without a clock reading at every node.
  static let untimed = ExplainForm(prefix: "EXPLAIN (ANALYZE, TIMING OFF) ")

  /// Characters before the statement, by which the server's error positions are too large.
  var prefixLength: Int { prefix.text.count }

  func statement(_ sql: SafeSQL) -> SafeSQL { "\(prefix)\(sql)" }
}

extension CaptureRequest {
  /// The SELECT, ready for EXPLAIN.
  func explainable(in transaction: Transaction) async throws(PostgresError) -> ExplainableStatement {
    try await .make(statement.sql, numbers: statement.parameters, for: self, in: transaction)
  }

  /// A statement without parameters has one plan, and an engine that lets nothing be set gives the custom one.
  fileprivate func checkPlanKind() throws(CaptureError) {
    guard planKind == .generic else { return }
    guard engine.hasGenericPlans else { throw .noGenericPlan(.engine(engine.name)) }
    guard !parameters.all.isEmpty else { throw .noGenericPlan(.noParameters) }
  }
}

extension CaptureError {
  fileprivate static func unfit(_ type: ParameterType) -> CaptureError {
    .noGenericPlan(.castByFunction(type: type.label))
  }

  /// The statement's time limit struck, in the server or here.
  var isTimeout: Bool {
    switch self {
    case .postgres(.timedOut): true
    case .postgres(.server(let error)): error.isStatementTimeout
    default: false
    }
  }
}

extension ServerError {
  /// `statement_timeout` struck; a request to cancel has the same SQLSTATE and other words.
  var isStatementTimeout: Bool {
    sqlState == .queryCanceled && message.contains("statement timeout")
  }
}

extension PostgresError {
  /// The same error with its position counted from the statement's own first character.
  func shiftingPosition(by characters: Int) -> PostgresError {
    guard case .server(var error) = self, let position = error.position, position > characters else {
      return self
    }
    error.position = position - characters
    return .server(error)
  }
}
