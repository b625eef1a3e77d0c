import PlanModel

/// Tells a tree that no server prints: lines of it were lost or stand there twice, or have lost their indentation, as
/// where a program makes one blank of several.
enum ImpossibleTree {
  /// The first node that has more inputs than it takes, or fewer although the plan goes on behind it.
  static func node(in plan: ExplainedPlan) -> Int? {
    let counts = InputCount.counts(in: plan)
    // Behind the last node there may have been more.
    var mayGoOn = [Bool](repeating: false, count: plan.nodes.count)
    for index in plan.ancestors(of: plan.nodes.count - 1) { mayGoOn[index] = true }
    return plan.nodes.indices.first { index in
      let most = counts[index] > 0 ? InputCount.most(of: plan.nodes[index].type) : nil
      if let most, counts[index] > most { return true }
      return counts[index] < 2 && !mayGoOn[index] && index < plan.nodes.count - 1
        && counts[index] < InputCount.least(of: plan.nodes[index])
    }
  }
}
