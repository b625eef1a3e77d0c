import Catalog
import Diagnosis
import PlanModel
import Postgres
import Statements

/// Runs the statement under other settings, each variant in its own read-only transaction.
///
/// The baseline is run again first, so that all runs find warm caches. A variant that looks faster, by less
/// than half, is confirmed by a second baseline and a second run; the better of two counts for each. One
/// variant's error does not touch the next.
struct ExperimentRunner {
  let request: CaptureRequest
  let session: Session
  /// Execution time of the captured run, in milliseconds.
  let capturedTime: Double?

  /// Caches and noise do not halve a time: such a gain needs no second pair of runs.
  private static let clearGain = 0.5

  private let form: ExplainForm
  private let start = ContinuousClock.now

  init(request: CaptureRequest, session: Session, capturedTime: Double?) {
    self.request = request
    self.session = session
    self.capturedTime = capturedTime
    self.form = ExplainForm(request.engine, analyze: true)
  }

  /// Runs the baseline, then the variants in order while the budget lasts, and then what follows from them.
  ///
  /// - Throws: only when the connection is lost or the run cancelled.
  func run(
    _ variants: [VariantPlan], then next: (ExperimentTable) -> VariantPlan? = { _ in nil }
  ) async throws(PostgresError) -> ExperimentTable {
    var table = ExperimentTable(variants: [], capturedTime: capturedTime)
    let baseline = try await outcome(of: .baseline, seconds: ExperimentBudget.longestCapture)
    table.variants = [ExperimentVariant(.baseline, baseline)]
    guard let warm = table.baseline?.plan?.executionTime else {
      table.untried = variants.map { "\($0.name): the baseline did not run to its end" }
      return table
    }
    table.untimedExecution = try await untimedExecution(baseline: warm)
    for variant in variants {
      try await add(variant, to: &table, baseline: warm)
    }
    while table.untried.isEmpty, let variant = next(table) {
      try await add(variant, to: &table, baseline: warm)
    }
    return table
  }

  // MARK: Variants

  private func add(
    _ variant: VariantPlan, to table: inout ExperimentTable, baseline: Double
  ) async throws(PostgresError) {
    guard variant.settings.allSatisfy({ isSettable($0.name) }) else {
      table.untried.append("\(variant.name): \(request.engine.name) does not let these settings be changed")
      return
    }
    guard isWithinBudget(baseline) else {
      table.untried.append("\(variant.name): the experiment budget was used up")
      return
    }
    var result = try await outcome(of: variant, seconds: ExperimentBudget.run(baseline: baseline))
    if let time = executionTime(result), time < baseline, time > baseline * Self.clearGain,
      isWithinBudget(baseline)
    {
      result = try await confirmed(result, of: variant, in: &table, baseline: baseline)
    }
    table.variants.append(ExperimentVariant(variant, result))
  }

  /// A second pair of runs: a variant must not win because the baseline found colder caches.
  private func confirmed(
    _ first: ExperimentVariant.Outcome, of variant: VariantPlan, in table: inout ExperimentTable,
    baseline: Double
  ) async throws(PostgresError) -> ExperimentVariant.Outcome {
    let seconds = ExperimentBudget.run(baseline: baseline)
    let again = try await outcome(of: .baseline, seconds: seconds)
    table.variants[0].outcome = better(table.variants[0].outcome, again)
    return better(first, try await outcome(of: variant, seconds: seconds))
  }

  private func better(
    _ a: ExperimentVariant.Outcome, _ b: ExperimentVariant.Outcome
  ) -> ExperimentVariant.Outcome {
    (executionTime(b) ?? .infinity) < (executionTime(a) ?? .infinity) ? b : a
  }

  private func executionTime(_ outcome: ExperimentVariant.Outcome) -> Double? {
    if case .completed(let plan) = outcome { plan.executionTime } else { nil }
  }

  private func isSettable(_ name: String) -> Bool {
    request.engine.settableSettings?.contains(name) ?? true
  }

  private func isWithinBudget(_ baseline: Double) -> Bool {
    ContinuousClock.now - start < .seconds(ExperimentBudget.total(baseline: baseline))
  }

  // MARK: Runs

  private func outcome(
    of variant: VariantPlan, seconds: Double
  ) async throws(PostgresError) -> ExperimentVariant.Outcome {
    do throws(CaptureError) {
      return .completed(try await explain(form, settings: variant.settings, seconds: seconds))
    } catch {
      if error.isTimeout { return .slowerThan(milliseconds: seconds * 1_000) }
      guard case .postgres(let error) = error else {
        return .failed(message: error.rejection?.description ?? "the variant's plan could not be read")
      }
      guard case .server(let server) = error else { throw error }
      return .failed(message: "\(server.severity): \(server.message) (SQLSTATE \(server.sqlState))")
    }
  }

  /// The statement without a clock reading at every node shows what EXPLAIN's own timing costs.
  private func untimedExecution(baseline: Double) async throws(PostgresError) -> Double? {
    guard request.engine.explainOptions != nil else { return nil }
    do throws(CaptureError) {
      let seconds = ExperimentBudget.run(baseline: baseline)
      return try await explain(.untimed, settings: [], seconds: seconds).executionTime
    } catch {
      guard case .postgres(let error) = error, !error.isOfStatement else { return nil }
      throw error
    }
  }

  private func explain(
    _ form: ExplainForm, settings: [TransactionSettings.Setting], seconds: Double
  ) async throws(CaptureError) -> ExplainedPlan {
    let transaction = request.transaction(timeout: .seconds(seconds), adding: settings)
    return try await Capture.explain(request, transaction: transaction, on: session, form).plan
  }
}

extension ExperimentVariant {
  init(_ variant: VariantPlan, _ outcome: Outcome) {
    self.init(name: variant.name, settings: variant.properties, outcome: outcome)
  }
}
