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
  /// Settings that make this session the application's: role, search_path, and others.
  public var settings: [TransactionSettings.Setting]

  /// A request with the default time limit of five minutes.
  public init(
    statement: AdmittedStatement, engine: EngineProfile, timeout: Duration = .seconds(300),
    settings: [TransactionSettings.Setting] = []
  ) {
    self.statement = statement
    self.engine = engine
    self.timeout = timeout
    self.settings = settings
  }

  /// The conditions of every transaction that plans or runs the statement. A statement that would not
  /// have been parallel as the user wrote it is not made so.
  func transaction(
    timeout: Duration, adding more: [TransactionSettings.Setting] = []
  ) -> TransactionSettings {
    let serial: [TransactionSettings.Setting] =
      statement.mustRunSerially && engine.hasWorkMem ? [.init("max_parallel_workers_per_gather", "0")] : []
    // The statement was parsed so: where the server takes backslashes otherwise, strings end elsewhere.
    let strings: [TransactionSettings.Setting] =
      engine.hasWorkMem ? [.init("standard_conforming_strings", "on")] : []
    return TransactionSettings(
      statementTimeout: timeout, settings: settings + serial + more + strings, engine: engine)
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
}

extension Capture {
  /// Captures the plan of a statement: admission of its functions, plain EXPLAIN, EXPLAIN ANALYZE, all in
  /// read-only transactions that are rolled back.
  ///
  /// - Throws: the server's first error verbatim; its position counts characters of the admitted statement.
  public static func take(
    _ request: CaptureRequest, on session: Session, functions: FunctionAdmission
  ) async throws(CaptureError) -> Capture {
    let admitted = try await functions.check(request, on: session)
    let (estimated, analyzed) = try await explainTwice(request, on: session)
    let fidelity = await RewriteFidelity.check(
      request, against: estimated.plan, on: session, functions: functions)
    do throws(CaptureError) {
      return Capture(plan: try analyzed.get(), fidelity: fidelity, functions: admitted)
    } catch {
      guard error.isTimeout else { throw error }
      return Capture(
        plan: estimated, timedOutAfter: request.timeout, fidelity: fidelity, functions: admitted)
    }
  }

  /// Plain EXPLAIN, which shows the server's errors before anything runs and is what remains when the time
  /// limit strikes, then EXPLAIN ANALYZE, in one transaction.
  private static func explainTwice(
    _ request: CaptureRequest, on session: Session
  ) async throws(CaptureError) -> (estimated: ReadPlan, analyzed: Result<ReadPlan, CaptureError>) {
    let plain = ExplainForm(request.engine, analyze: false)
    let analyze = ExplainForm(request.engine, analyze: true)
    let sql = request.statement.sql
    let answers: (plain: Rows, analyzed: Result<Rows, PostgresError>)
    do throws(PostgresError) {
      answers = try await session.transaction(request.transaction(timeout: request.timeout)) {
        transaction throws(PostgresError) in
        let rows = try await transaction.query(plain.statement(sql).text)
        do throws(PostgresError) {
          return (rows, .success(try await transaction.query(analyze.statement(sql).text)))
        } catch {
          return (rows, .failure(error.shiftingPosition(by: analyze.prefixLength)))
        }
      }
    } catch {
      throw .postgres(error.shiftingPosition(by: plain.prefixLength))
    }
    return (try read(answers.plain), readResult(answers.analyzed))
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
    let rows: Rows
    do throws(PostgresError) {
      rows = try await session.transaction(transaction) { transaction throws(PostgresError) in
        try await transaction.query(form.statement(request.statement.sql).text)
      }
    } catch {
      throw .postgres(error.shiftingPosition(by: form.prefixLength))
    }
    return try read(rows)
  }

  /// Reads a server's whole answer: what is left over would be missing from every conclusion.
  static func read(_ rows: Rows) throws(CaptureError) -> ReadPlan {
    let plan: ReadPlan
    do throws(PlanReadingError) {
      plan = try PlanReader.read(rows.map { $0[0] ?? "" }.joined(separator: "\n"))
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

  func statement(_ sql: SQLFragment) -> SafeSQL { "\(prefix)\(sql)" }
}

extension CaptureError {
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
