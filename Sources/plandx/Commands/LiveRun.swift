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
  /// No progress.
  var quiet = false
  /// Every statement with its time on stderr.
  var verbose = false
  var color = ColorChoice.auto
  /// Minor findings too.
  var showsAll = false

  /// Admission by the syntax tree alone: no connection is needed for a rejection.
  static func admit(
    _ text: StatementText, form: RewriteForm, _ flags: AnalysisFlags
  ) throws -> AdmittedStatement {
    let values = flags.boundParameters.numbers
    do throws(AdmissionError) {
      let statement = try Admission.admit(text, parameters: .given(values), form: form)
      if !flags.genericPlan || !values.isEmpty { return statement }
    } catch {
      throw CommandFailure(error, in: text)
    }
    throw CommandFailure(
      .unusableInput, "--generic-plan is refused: \(GenericPlanProblem.noParameters.words)")
  }

  /// Admission of a statement that is only read, never sent: its parameters may stay open.
  static func admitForReading(
    _ text: StatementText, form: RewriteForm = .rowIdentifiers()
  ) throws -> AdmittedStatement {
    do throws(AdmissionError) {
      return try Admission.admit(text, parameters: .notNeeded, form: form)
    } catch {
      throw CommandFailure(error, in: text)
    }
  }

  /// Connects, runs phases 1 to 3, and makes the report's value.
  ///
  /// - Parameter fileName: the report's file; `nil` when it goes to stdout.
  func analyze(_ text: StatementText, fileName: String?) async throws -> DiagnosticReport {
    let interruption = Interruption(writesToStdout: fileName == nil)
    let progress = Progress(quiet: quiet, color: color)
    defer {
      progress.end()
      interruption.end()
    }
    do {
      let session = try await connect(interruption)
      let report = try await analyze(text, on: session, progress, fileName: fileName)
      await session.close()
      return report
    } catch {
      throw interruption.failure ?? error
    }
  }

  /// What ``analyze(_:fileName:)`` would send, on stdout. The engine is taken from the host's name.
  func printDryRun(_ text: StatementText) async throws {
    let isDSQL = connection.host.map(EngineProbe.isAuroraDSQL) ?? false
    let engine = EngineProfile.profile(of: isDSQL ? .dsql : .postgres)
    let statement = try Self.admit(text, form: RewriteForm(engine), flags)
    let run = DryRun(
      flags.request(statement, engine), functions: functions, options: flags.options(showingAll: showsAll))
    try StandardOutput.write(DryRunText(try await steps(of: run)).text)
  }

  private func steps(of run: DryRun) async throws -> [DryRun.Step] {
    do throws(PostgresError) {
      return try await run.steps()
    } catch {
      throw CommandFailure(error)
    }
  }

  private var functions: FunctionAdmission {
    FunctionAdmission(allowed: Set(flags.allowFunction.map(\.name)))
  }

  private func connect(_ interruption: Interruption) async throws -> Session {
    try await connection.connect(interruption.cancelHandle, log: verbose ? Self.log : nil)
  }

  private func analyze(
    _ text: StatementText, on session: Session, _ progress: Progress, fileName: String?
  ) async throws -> DiagnosticReport {
    let identity = try await identify(session)
    let engine = EngineProfile.profile(of: identity.engine)
    let form = try await rewriteForm(of: text, engine: engine, on: session)
    let statement = try Self.admit(text, form: form, flags)
    let request = flags.request(statement, engine)
    var options = flags.options(showingAll: showsAll)
    if identity.isPooled { options.scans.connections = 1 }
    let analysis = Analysis(request, functions: functions, options: options)
    do throws(CaptureError) {
      let result = try await analysis.run(on: session) { progress.show($0) }
      return report(result, statement: statement, identity: identity, fileName: fileName)
    } catch {
      throw CommandFailure(error, of: statement)
    }
  }

  private func rewriteForm(
    of text: StatementText, engine: EngineProfile, on session: Session
  ) async throws -> RewriteForm {
    let preparing = StatementPreparation(engine: engine, settings: flags.sessionSettings)
    do throws(PostgresError) {
      return try await preparing.rewriteForm(of: text, on: session)
    } catch {
      throw CommandFailure(error)
    }
  }

  private func identify(_ session: Session) async throws -> ServerIdentity {
    do throws(PostgresError) {
      return try await session.identify()
    } catch {
      throw CommandFailure(error)
    }
  }

  private func report(
    _ result: AnalysisResult, statement: AdmittedStatement, identity: ServerIdentity, fileName: String?
  ) -> DiagnosticReport {
    DiagnosticReport(
      statement: ReportedStatement(statement, result, flags.planKind),
      plan: result.capture.plan.plan, planText: result.capture.plan.text,
      capture: result.capture.timedOutAfter.map { .timedOut(limit: $0.inSeconds) } ?? .live,
      engine: EngineProfile.profile(of: identity.engine), server: identity, findings: result.findings,
      experiments: result.experiments, evidence: result.evidence,
      resultCount: result.confirmedRowCount.map(ResultCount.counted) ?? .notCounted,
      capturedAt: Clock.now, plandxVersion: Plandx.version, fileName: fileName,
      context: result.capture.context, repeatedOptions: flags.repeatedOptions)
  }

  /// One line on stderr for each statement.
  static let log: StatementLog = { sql, time in
    StandardError.write("plandx: \(words(time)): \(sql)\n")
  }

  private static func words(_ time: StatementTime) -> String {
    switch time {
    case .own(let duration): Words.milliseconds(duration.inSeconds * 1_000)
    case .inBatch: "in one round trip"
    case .batch(let duration): "in one round trip, \(Words.milliseconds(duration.inSeconds * 1_000)) in all"
    }
  }
}

/// The wall clock, which reports take as a value.
enum Clock {
  /// Now, in UTC, to the second: `2026-03-01 12:30:45 UTC`.
  static var now: String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [
      .withFullDate, .withTime, .withSpaceBetweenDateAndTime, .withColonSeparatorInTime,
    ]
    return formatter.string(from: Date()) + " UTC"
  }
}
