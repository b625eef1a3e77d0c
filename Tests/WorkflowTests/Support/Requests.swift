import Catalog
import Diagnosis
import Postgres
import Statements
import Testing
import Unchanged

@testable import Workflow

extension CaptureRequest {
  /// A request for a statement, rewritten as the database needs it.
  static func make(
    _ sql: String, on session: Session, settings: [TransactionSettings.Setting] = [],
    timeout: Duration = .seconds(60)
  ) async throws -> CaptureRequest {
    let text = try StatementText(sql)
    let form = try await StatementPreparation(engine: .postgres, settings: settings).rewriteForm(
      of: text, on: session)
    return CaptureRequest(
      statement: try Admission.admit(text, form: form), engine: .postgres, timeout: timeout,
      settings: settings)
  }
}

extension Session {
  /// Phases 1 to 3 on a statement.
  func analyze(
    _ sql: String, settings: [TransactionSettings.Setting] = [], evidence: EvidenceLevel = .full,
    limit: Double = 30
  ) async throws -> AnalysisResult {
    var options = AnalysisOptions()
    (options.evidence, options.experimentLimit, options.showsAll) = (evidence, limit, true)
    let request = try await CaptureRequest.make(sql, on: self, settings: settings)
    return try await unchanged(self) { try await Analysis(request, options: options).run(on: self) }
  }

  /// The plan of a statement, captured.
  func capture(
    _ sql: String, settings: [TransactionSettings.Setting] = [], allowing: Set<String> = []
  ) async throws -> Capture {
    let request = try await CaptureRequest.make(sql, on: self, settings: settings)
    let functions = FunctionAdmission(allowed: Set(allowing.compactMap(QualifiedName.init(functionName:))))
    return try await unchanged(self) { try await Capture.take(request, on: self, functions: functions) }
  }
}

extension CaptureRequest {
  /// Phases 1 to 3, which must leave the database as it was.
  func analyzed(on session: Session) async throws -> AnalysisResult {
    try await unchanged(session) { try await Analysis(self).run(on: session) }
  }

  /// The plan, captured, which must leave the database as it was.
  func captured(on session: Session) async throws -> Capture {
    try await unchanged(session) {
      try await Capture.take(self, on: session, functions: FunctionAdmission())
    }
  }
}

/// Runs a body, after which the session's database must be what it was before, to the byte.
func unchanged<Value>(
  _ session: Session, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async throws -> Value {
  let (host, name) = (try await session.host, try await session.databaseName)
  let watch = try #require(try ChangeWatch("host=\(host) user=postgres dbname=\(name)"))
  let result: Result<Value, any Error>
  do { result = .success(try await body()) } catch { result = .failure(error) }
  let changes = try watch.changes()
  #expect(changes == "", "the database was changed")
  return try result.get()
}
