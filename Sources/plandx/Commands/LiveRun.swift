import Catalog
import Diagnosis
import Foundation
import Postgres
import Reporting
import Statements
import Workflow

/// One analysis on a live database, with its signals and its progress.
struct LiveRun {
  let connection: ConnectionOptions
  let flags: AnalysisFlags
  let output: OutputOptions

  /// What came out.
  struct Outcome {
    var report: DiagnosticReport
  }

  /// Admission by the syntax tree alone: no connection is needed for a rejection.
  static func admit(_ text: StatementText, form: RewriteForm) throws -> AdmittedStatement {
    do throws(AdmissionError) {
      return try Admission.admit(text, form: form)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Connects, runs phases 1 to 3, and makes the report's value.
  func analyze(_ text: StatementText) async throws -> Outcome {
    let interruption = Interruption()
    let progress = Progress(quiet: output.quiet, color: output.color)
    defer { progress.end() }
    do {
      let session = try await connect(interruption)
      let outcome = try await analyze(text, on: session, progress)
      await session.close()
      return outcome
    } catch {
      throw interruption.failure ?? error
    }
  }

  private func connect(_ interruption: Interruption) async throws -> Session {
    do throws(PostgresError) {
      return try await Session.connect(
        connection.settings, cancelHandle: interruption.cancelHandle, log: output.verbose ? Self.log : nil)
    } catch {
      throw CommandFailure(error)
    }
  }

  private func analyze(
    _ text: StatementText, on session: Session, _ progress: Progress
  ) async throws -> Outcome {
    let identity = try await identify(session)
    let engine = EngineProfile.profile(of: identity.engine)
    let preparing = StatementPreparation(engine: engine, settings: flags.sessionSettings)
    let form = try await wrapped(sql: "") { () throws(CaptureError) in
      try await preparing.rewriteForm(of: text, on: session)
    }
    let statement = try Self.admit(text, form: form)
    let request = CaptureRequest(
      statement: statement, engine: engine, timeout: .seconds(flags.timeout), settings: flags.sessionSettings)
    let analysis = Analysis(
      request, functions: FunctionAdmission(allowed: Set(flags.allowFunction)),
      options: flags.options(showingAll: output.all))
    let result = try await wrapped(sql: statement.sql.text) { () throws(CaptureError) in
      try await analysis.run(on: session) { progress.show($0) }
    }
    return Outcome(report: report(result, statement: statement, identity: identity))
  }

  private func identify(_ session: Session) async throws -> ServerIdentity {
    do throws(PostgresError) {
      return try await session.identify()
    } catch {
      throw CommandFailure(error)
    }
  }

  private func wrapped<Value>(
    sql: String, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws(CaptureError) -> Value
  ) async throws -> Value {
    do throws(CaptureError) {
      return try await body()
    } catch {
      throw CommandFailure(error, sql: sql)
    }
  }

  private func report(
    _ result: AnalysisResult, statement: AdmittedStatement, identity: ServerIdentity
  ) -> DiagnosticReport {
    DiagnosticReport(
      statement: ReportedStatement(statement, fidelity: result.capture.fidelity),
      plan: result.capture.plan.plan, planText: result.capture.plan.text,
      capture: result.capture.timedOutAfter.map { .timedOut(limit: $0.inSeconds) } ?? .live,
      engine: EngineProfile.profile(of: identity.engine), server: identity, findings: result.findings,
      experiments: result.experiments, evidence: result.evidence,
      resultCount: result.confirmedRowCount.map(ResultCount.counted) ?? .notCounted,
      capturedAt: Clock.now, plandxVersion: Plandx.version, fileName: output.output)
  }

  private static let log: StatementLog = { sql, duration in
    let milliseconds = duration.inSeconds * 1_000
    StandardError.write("plandx: \(Words.milliseconds(milliseconds)): \(sql)\n")
  }
}

/// The wall clock, which reports take as a value.
enum Clock {
  /// Now, in UTC, to the second: `2026-03-01 12:30:45 UTC`.
  static var now: String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate, .withTime, .withSpaceBetweenDateAndTime, .withColonSeparatorInTime]
    return formatter.string(from: Date()) + " UTC"
  }
}
