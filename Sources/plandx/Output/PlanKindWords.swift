import Foundation
import Workflow

/// What the report says of custom and generic plan.
enum PlanKindWords {
  /// Which plan it shows, and what the other one would be like; nothing for a statement without parameters.
  static func sentences(_ result: AnalysisResult, _ kind: PlanKind) -> [String] {
    guard !result.capture.parameters.all.isEmpty else { return [] }
    let operatorCost =
      result.evidence.setting("cpu_operator_cost").flatMap(Double.init) ?? defaultCPUOperatorCost
    let comparison = PlanKindComparison(result.capture, kind, cpuOperatorCost: operatorCost)
    return [shown(kind)] + [comparison.map { compared($0, kind) } ?? unknown(result.capture.otherPlan)]
  }

  /// The server's built-in default, for a server that does not tell its setting.
  private static let defaultCPUOperatorCost = 0.0025

  private static func shown(_ kind: PlanKind) -> String {
    switch kind {
    case .custom: "The plan below is the custom plan: made for these values, as EXPLAIN with values makes it."
    case .generic:
      "The plan below is the generic plan (`--generic-plan`): made for any values, and run with these. "
        + "All trials ran generic plans too."
    }
  }

  private static func compared(_ plans: PlanKindComparison, _ kind: PlanKind) -> String {
    let other = kind.other.rawValue
    let nodes = plans.isSamePlan ? "the same nodes" : "other nodes"
    let (own, its) =
      kind == .custom ? (plans.customCost, plans.genericCost) : (plans.genericCost, plans.customCost)
    return "The \(other) plan has \(nodes); its estimated total cost is \(cost(its)) against "
      + "\(cost(own)) of the one shown. \(outlook(plans)) "
      + (plans.isSamePlan || kind == .generic ? "" : "`--generic-plan` captures the generic plan.")
  }

  /// As EXPLAIN prints it.
  private static func cost(_ cost: Double) -> String { String(format: "%.2f", cost) }

  private static func outlook(_ plans: PlanKindComparison) -> String {
    let prepared = "A statement that a driver prepares on the server, executed with values like these,"
    return switch plans.sixthExecution {
    case .generic:
      "\(prepared) gets the generic plan from its sixth execution on (`plan_cache_mode = auto` goes by cost)."
        + (plans.isSamePlan ? "" : " That is a reason why it can be slow in the application alone.")
    case .custom: "\(prepared) keeps custom plans (`plan_cache_mode = auto` goes by cost)."
    case .open:
      "\(prepared) may get the generic plan from its sixth execution on: the costs are too close to tell."
    }
  }

  private static func unknown(_ other: OtherPlan?) -> String {
    if case .unknown(let reason)? = other { return "The plan of the other kind is not known: \(reason)" }
    return "Custom and generic plan were not compared: this engine does not let `plan_cache_mode` be set."
  }
}
