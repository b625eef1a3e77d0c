import Diagnosis
import PlanModel

/// The sizes of `work_mem` that are tried where a finding advises one.
struct MemoryLadder: Sendable {
  /// What the plan shows to be needed, in kilobytes; `nil` where nothing needs more.
  let size: Int?
  let plan: ExplainedPlan

  /// PostgreSQL's default, in kilobytes: less is not worth a trial.
  private static let least = 4_096

  /// The size that the plan shows to be needed, and less: a sort below a LIMIT keeps only the rows that
  /// the LIMIT wants once the planner lets it. Twice the size last, for a need that was underestimated.
  var rungs: [VariantPlan] {
    guard let size else { return [] }
    return [size, size / 4, size / 16, size * 2].filter { $0 >= Self.least && isAllowed($0) }.map(
      VariantPlan.workMem)
  }

  /// Twice the most that was tried, while rows still go to disk.
  @Sendable func next(_ table: ExperimentTable) -> VariantPlan? {
    let runs = table.variants.filter { $0.workMem != nil }
    guard let largest = runs.max(by: { ($0.workMem ?? 0) < ($1.workMem ?? 0) }), let plan = largest.plan,
      plan.hasSpilled, let size = largest.workMem, isAllowed(size * 2)
    else { return nil }
    return VariantPlan.workMem(kilobytes: size * 2)
  }

  /// Whether all that may use it stays within the cap (experiments.md).
  private func isAllowed(_ kilobytes: Int) -> Bool { MemoryCap(plan).allows(kilobytes: kilobytes) }
}
