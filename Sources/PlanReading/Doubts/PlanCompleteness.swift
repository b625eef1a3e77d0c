import PlanModel

/// Tells a plan that stops in its middle by what every plan has.
enum PlanCompleteness {
  /// Whether something that PostgreSQL always prints is missing behind the last line.
  static func isMissingLines(_ plan: ExplainedPlan) -> Bool {
    guard let last = plan.nodes.indices.last else { return true }
    return isMissingFigures(plan.nodes[last], of: plan.root)
      || plan.planningTime != nil && plan.executionTime == nil && wasExecuted(plan.root)
      || plan.planningTime == nil && plan.executionTime == nil && isMissingChildren(plan, last)
  }

  private static func wasExecuted(_ root: PlanNode) -> Bool { root.actual != .notReported }

  private static func isMissingFigures(_ node: PlanNode, of root: PlanNode) -> Bool {
    root.estimate != nil && node.estimate == nil || wasExecuted(root) && node.actual == .notReported
  }

  /// Only the last node and those above it can have lost a child.
  private static func isMissingChildren(_ plan: ExplainedPlan, _ last: Int) -> Bool {
    let counts = InputCount.counts(in: plan)
    return ([last] + plan.ancestors(of: last)).contains { counts[$0] < InputCount.least(of: plan.nodes[$0]) }
  }
}
