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
  /// The Query Identifier of the user's own UPDATE or DELETE, where plain EXPLAIN told it.
  var originalIdentifier: String?
  /// How the functions are judged.
  var functions = FunctionAdmission()
  /// What that came to.
  var admitted: AdmittedFunctions?

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
    TransactionSettings(statementTimeout: Self.limitOfQuestions, settings: settings, engine: engine)
  }

  /// How long one question to the catalog may take.
  static let limitOfQuestions = Duration.seconds(10)

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
  /// What the plan of the other kind would be like; `nil` for a statement without parameters.
  public var otherPlan: OtherPlan?
  /// As whom and under which settings the plan was made.
  public var context: SessionContext
  /// The request with what its capture has found out, which holds for all that is run later.
  var request: CaptureRequest

  /// What admission could not look at, and vouches that were not needed.
  public var functions: AdmittedFunctions { request.admitted ?? AdmittedFunctions() }
  /// The parameters, with the types that the server gave them as far as they are known.
  public var parameters: BoundParameters { request.parameters }
}

/// Why a capture failed, beside what the server reports.
public enum CaptureError: Error, Sendable, Equatable {
  /// The server or the connection.
  case postgres(PostgresError)
  /// The server would not plan the user's own UPDATE or DELETE; the position counts characters of it.
  case originalRefused(ServerError)
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
    var request = request
    request.functions = functions
    request.parameters = try await ParameterTypeLookup(request: request).parameters(on: session)
    let original = try await OriginalPlan.explained(request, on: session)
    request.admitted = original?.functions
    if case .estimated(let own) = original?.value { request.originalIdentifier = own.queryIdentifier }
    request.avoidsIndexOnlyScans =
      await original?.value.forbidsIndexOnlyScans(of: request, on: session) ?? false
    let planned = try await explainTwice(request, on: session)
    let answers = planned.value
    request.admitted = planned.functions
    request.parameters = request.parameters.typed(answers.types ?? [])
    var capture = Capture(
      plan: answers.plain,
      fidelity: original.map { RewriteFidelity($0.value, against: answers.plain.plan, request) },
      context: answers.context ?? SessionContextQuery.unknown(closed), request: request)
    do throws(CaptureError) {
      capture.plan = try readResult(answers.analyzed).get()
    } catch {
      guard error.isTimeout || error == .postgres(.unresponsive) else { throw error }
      capture.timedOutAfter = request.timeout
    }
    // Closed by the time limit: what plain EXPLAIN has said is still worth a report.
    if await session.isOpen {
      try await capture.addOtherPlan(on: session)
      if answers.context == nil {
        capture.context = try await SessionContextQuery(request, answers.plain.plan).context(on: session)
      }
    }
    capture.fidelity = capture.fidelity?.explained(by: capture.context)
    return capture
  }

  private static let closed = "the connection had to be closed when the capture's time was over"

  /// What plain EXPLAIN says of the plan of the other kind: never a reason to fail.
  private mutating func addOtherPlan(on session: Session) async throws(CaptureError) {
    guard let other = request.forOtherKind else { return }
    let form = ExplainForm(request.engine, analyze: false)
    do throws(CaptureError) {
      let transaction = other.transaction(timeout: request.timeout)
      let (plan, types) = try await Self.explainTyped(other, transaction: transaction, on: session, form)
      request.parameters = parameters.typed(types ?? [])
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
    case .functionRejected(let rejection): return rejection.description
    case .postgres(let postgres):
      guard let refusal = Refusal(postgres) else { throw error }
      return refusal.reason
    default: throw error
    }
  }

  private struct Answers {
    var plain: ReadPlan
    /// `nil` where asking might have ended the transaction.
    var context: SessionContext?
    var analyzed: Result<Rows, PostgresError>
    var types: [ParameterType]?
  }

  /// Plain EXPLAIN, which shows the server's errors before anything runs and is what remains when the time
  /// limit strikes, then EXPLAIN ANALYZE, in one transaction.
  private static func explainTwice(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) -> Planned<Answers> {
    let settings = request.transaction(timeout: request.timeout)
    return try await request.planning(settings, on: session) { transaction throws(CaptureError) in
      let statement = try await request.explainable(in: transaction)
      let plain = try await read(explained(statement, ExplainForm(request.engine, analyze: false)))
      let context = try await SessionContextQuery(request, plain.plan).context(in: transaction)
      let analyzed: Result<Rows, PostgresError>
      do throws(PostgresError) {
        try await transaction.waitForLocks()
        analyzed = .success(try await statement.explain(ExplainForm(request.engine, analyze: true)))
      } catch {
        if error.isWorthRepeating { throw .postgres(error) }
        analyzed = .failure(error)
      }
      return Answers(plain: plain, context: context, analyzed: analyzed, types: statement.types)
    }
  }

  private static func explained(
    _ statement: ExplainableStatement, _ form: ExplainForm
  ) async throws(CaptureError) -> Rows {
    try await CaptureError.wrapping { () throws(PostgresError) in try await statement.explain(form) }
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
    try await request.planning(transaction, on: session) { transaction throws(CaptureError) in
      let statement = try await request.explainable(in: transaction)
      return (try await read(explained(statement, form)), statement.types)
    }.value
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
  fileprivate func explainable(in transaction: Transaction) async throws(CaptureError) -> ExplainableStatement
  {
    let explainable = try await CaptureError.wrapping { () throws(PostgresError) in
      try await ExplainableStatement.make(
        statement.sql, numbers: statement.parameters, for: self, in: transaction)
    }
    if let type = explainable.unfit { throw .unfit(type) }
    return explainable
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

  /// The function that a pooler's other session would have run.
  var rejection: FunctionRejection? {
    if case .functionRejected(let rejection) = self { rejection } else { nil }
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
