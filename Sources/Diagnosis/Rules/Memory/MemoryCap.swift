import Catalog
import PlanModel

/// How much `work_mem` all nodes of a plan that go to disk may have together.
public struct MemoryCap: Sendable {
  /// How many times `work_mem` they may take.
  private let weight: Double

  /// PostgreSQL's default of hash_mem_multiplier since release 15: the plan prints other values.
  private static let standard = PlannerSetting(name: "hash_mem_multiplier", value: "2")

  /// The cap of a captured plan.
  public init(_ plan: ExplainedPlan) {
    let query = DiagnosticCase(
      plan: plan, conditions: PlanConditions(plan), statement: nil,
      evidence: EvidenceBook(settings: [Self.standard]), engine: .postgres)
    weight = max(1, query.spilledNeeds.map(\.weight).reduce(0, +))
  }

  /// Whether so much `work_mem` keeps all of them within 1 GB (experiments.md).
  public func allows(kilobytes: Int) -> Bool {
    Double(kilobytes) * 1_024 * weight <= MemoryNeed.largestTotalBytes
  }
}
