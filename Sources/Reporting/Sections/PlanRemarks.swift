import PlanModel

/// What the plan says beside the ranking table, one line each.
struct PlanRemarks {
  var plan: ExplainedPlan
  var measures: PlanMeasures
  /// Indices in ranked order.
  var ranked: [Int]

  /// Time outside the tree is worth a line from this share of Execution Time on.
  static let outsideShare = 0.05

  var lines: [String] {
    [unlisted, accounted, outside, afterRoot, certainty, untimed, neverExecuted, jit].compactMap { $0 }
      + triggers
  }

  private var unlisted: String? {
    let rest = ranked.dropFirst(PlanOverviewView.rankedNodes)
    guard !rest.isEmpty else { return nil }
    let nodes = rest.count == 1 ? "1 more node is" : "\(rest.count) more nodes are"
    guard measures.isTimed else { return "\(nodes) not listed." }
    let own = rest.reduce(0) { $0 + (measures.ownTime(of: $1) ?? 0) }
    return "\(nodes) not listed: \(Figure.milliseconds(own)) own time in all."
  }

  private var accounted: String? {
    guard let root = measures.rootDuration, let share = measures.accountedFor else { return nil }
    return
      "accounted for: \(Figure.percent(share)) (own times add up to \(Figure.milliseconds(measures.ownTotal)); the root took \(Figure.milliseconds(root)))"
  }

  private var outside: String? {
    guard let root = measures.rootDuration, let execution = plan.executionTime, execution > 0 else {
      return nil
    }
    let rest = execution - root
    guard rest / execution > Self.outsideShare else { return nil }
    return
      "\(Figure.milliseconds(rest)) of the Execution Time (\(Figure.percent(rest / execution))) lies outside the tree: executor start-up and shutdown, and triggers."
  }

  private var afterRoot: String? {
    guard measures.timeAfterRoot > 0 else { return nil }
    return
      "\(Figure.milliseconds(measures.timeAfterRoot)) went into data-modifying CTEs that ran after the root had finished; they are not part of its duration."
  }

  private var neverExecuted: String? {
    switch measures.neverExecuted {
    case 0: nil
    case 1: "1 node was never executed: the plan had it, the run did not need it."
    default:
      "\(measures.neverExecuted) nodes were never executed: the plan had them, the run did not need them."
    }
  }

  /// What the flags in the table mean, where it has any.
  private var certainty: String? {
    let averages =
      "below a Gather, the processor time of all processes divided by their number (what the slowest took beyond that is in the Gather's own time)"
    let choices =
      "after a sub-plan's time was taken out of the node that most likely ran it, because the plan does not say which did"
    let coarse =
      "unknowable: EXPLAIN rounds the time of each loop, and over all loops the error may be as large as the figure."
    let inferred = (measures.hasAverages ? [averages] : []) + (measures.hasChosenPayers ? [choices] : [])
    let legend =
      (inferred.isEmpty ? [] : ["inferred: \(inferred.joined(separator: "; or "))."])
      + (measures.hasCoarseTimes ? [coarse] : [])
    return measures.isTimed && !legend.isEmpty ? legend.joined(separator: " ") : nil
  }

  private var untimed: String? {
    switch measures.untimed {
    case 0: nil
    case 1: "1 node prints no time: it is unknowable, and part of the own time of the node above."
    default:
      "\(measures.untimed) nodes print no time: it is unknowable, and part of the own time of the nearest node above that has one."
    }
  }

  private var jit: String? {
    guard let jit = plan.jit else { return nil }
    let functions = jit.functions.map { "\(Figure.count($0)) functions" } ?? "functions"
    guard let time = jit.totalTime else { return "JIT compiled \(functions); its time is not printed." }
    return
      "JIT compiled \(functions) in \(Figure.milliseconds(time)). That time lies inside the node times, so every node's own time is an upper bound."
  }

  private var triggers: [String] {
    plan.triggers.map { trigger in
      let calls = Figure.count(trigger.calls) + (trigger.calls == 1 ? " call" : " calls")
      let time = trigger.time.map(Figure.milliseconds) ?? "time not printed"
      return "Trigger \(Markdown.code(trigger.name)): \(time) in \(calls), outside the tree."
    }
  }
}
