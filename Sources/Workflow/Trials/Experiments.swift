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
    variants += settingsVariants(findings)
    let memory = memoryLadder(findings, of: capture)
    variants += memory.rungs
    guard !variants.isEmpty else { return .skipped(.noJoin) }
    let runner = ExperimentRunner(request: request, session: session, capturedTime: plan.executionTime)
    return .done(try await runner.run(variants, then: memory.next))
  }

  /// Each set of settings that a finding advises, the costliest first.
  private func settingsVariants(_ findings: [Finding]) -> [VariantPlan] {
    var variants: [VariantPlan] = []
    for finding in findings.sorted(by: { $0.impact.share > $1.impact.share }) {
      for case .set(let settings) in finding.remedies.map(\.action) {
        let variant = VariantPlan.advised(settings)
        if !variants.contains(variant) { variants.append(variant) }
      }
    }
    return variants
  }

  private func skipReason(_ capture: Capture) -> ExperimentSection.SkipReason? {
    if areTurnedOff { return .turnedOff }
    if let timeout = capture.timedOutAfter {
      return .captureTimedOut(limit: timeout.inSeconds, experimentLimit: limit)
    }
    let seconds = (capture.plan.plan.executionTime ?? 0) / 1_000
    return seconds > limit ? .overLimit(seconds: seconds, limit: limit) : nil
  }

  private func memoryLadder(_ findings: [Finding], of capture: Capture) -> MemoryLadder {
    let sizes = findings.flatMap(\.remedies).compactMap { remedy -> Int? in
      if case .setWorkMem(let kilobytes) = remedy.action { kilobytes } else { nil }
    }
    return MemoryLadder(size: sizes.max(), plan: capture.plan.plan)
  }
}

extension Duration {
  /// Seconds with their fraction.
  public var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
