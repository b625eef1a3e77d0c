import Catalog
import Diagnosis
import PlanModel
import Postgres

/// Decides which experiments a case deserves, and runs them.
public struct Experiments: Sendable {
  let request: CaptureRequest
  /// Seconds of captured execution over which nothing is run again; at most 30.
  let limit: Double
  /// `--no-experiments`.
  let areTurnedOff: Bool

  /// Experiments under the 30-second rule, or under a lower limit.
  public init(request: CaptureRequest, limit: Double, areTurnedOff: Bool) {
    self.request = request
    self.limit = min(limit, ExperimentBudget.longestCapture)
    self.areTurnedOff = areTurnedOff
  }

  /// Runs what the plan and the findings call for.
  public func run(
    _ capture: Capture, findings: [Finding], on session: Session
  ) async throws(PostgresError) -> ExperimentSection {
    let plan = capture.plan.plan
    if let reason = skipReason(capture) { return .skipped(reason) }
    var variants: [VariantPlan] = []
    if plan.nodes.contains(where: \.type.isJoin) { variants.append(.mergeJoinOnly) }
    if findings.contains(where: { $0.isAmplifiedLoop(in: plan) }) { variants.append(.hashJoinOnly) }
    variants += workMemVariants(findings)
    guard !variants.isEmpty else { return .skipped(.noJoin) }
    let runner = ExperimentRunner(request: request, session: session, capturedTime: plan.executionTime)
    return .done(try await runner.run(variants))
  }

  /// PostgreSQL's default, in kilobytes: less is not worth a trial.
  private static let leastWorkMem = 4_096

  private func skipReason(_ capture: Capture) -> ExperimentSection.SkipReason? {
    if areTurnedOff { return .turnedOff }
    if let timeout = capture.timedOutAfter {
      return .captureTimedOut(limit: timeout.inSeconds, experimentLimit: limit)
    }
    let seconds = (capture.plan.plan.executionTime ?? 0) / 1_000
    return seconds > limit ? .overLimit(seconds: seconds, limit: limit) : nil
  }

  /// The size that the plan shows to be needed, and less: a sort below a LIMIT keeps only the rows that
  /// the LIMIT wants once the planner lets it. Twice the size last, for a need that was underestimated.
  private func workMemVariants(_ findings: [Finding]) -> [VariantPlan] {
    let sizes = findings.flatMap(\.remedies).compactMap { remedy -> Int? in
      if case .setWorkMem(let kilobytes) = remedy.action { kilobytes } else { nil }
    }
    guard let size = sizes.max() else { return [] }
    return [size, size / 4, size / 16, size * 2].filter { $0 >= Self.leastWorkMem }.map(VariantPlan.workMem)
  }
}

extension Duration {
  /// Seconds with their fraction.
  public var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
