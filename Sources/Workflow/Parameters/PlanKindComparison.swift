import PlanModel

/// The custom and the generic plan of a statement with parameters side by side, by the planner's estimates.
public struct PlanKindComparison: Sendable, Equatable {
  /// Estimated total cost of the plan for the values.
  public var customCost: Double
  /// Estimated total cost of the plan for all values.
  public var genericCost: Double
  /// Both have the same nodes on the same relations and indexes.
  public var isSamePlan: Bool
  /// What a prepared statement gets from its sixth execution on, were all executed with these values.
  public var sixthExecution: Outlook

  /// What `plan_cache_mode = auto` comes to.
  public enum Outlook: Sendable, Equatable {
    case generic, custom
    /// The costs are too close: what planning is charged depends on more than the plan shows.
    case open
  }

  /// The comparison; `nil` where there is no other plan or it is not known.
  public init?(_ capture: Capture, _ kind: PlanKind, cpuOperatorCost: Double) {
    guard case .estimated(let other)? = capture.otherPlan else { return nil }
    let captured = capture.plan.plan
    self.init(
      custom: kind == .custom ? captured : other, generic: kind == .custom ? other : captured,
      cpuOperatorCost: cpuOperatorCost)
  }

  init?(custom: ExplainedPlan, generic: ExplainedPlan, cpuOperatorCost: Double) {
    guard let customCost = custom.root.estimate?.totalCost, let genericCost = generic.root.estimate?.totalCost
    else { return nil }
    self.customCost = customCost
    self.genericCost = genericCost
    isSamePlan = Self.access(custom) == Self.access(generic)
    sixthExecution = Self.outlook(
      saving: genericCost - customCost, relations: custom.nodes.count { $0.relation != nil }, cpuOperatorCost)
  }

  private static func access(_ plan: ExplainedPlan) -> [String] {
    [plan.shape] + plan.nodes.map { $0.indexName ?? "" }
  }

  /// `cached_plan_cost` in plancache.c charges each custom plan 1000 operators for every entry of the range
  /// table, and one more. Joins and views are entries as well, which the plan does not show.
  private static func outlook(saving: Double, relations: Int, _ cpuOperatorCost: Double) -> Outlook {
    let charge = 1_000 * cpuOperatorCost
    if saving < charge * Double(relations + 1) { return .generic }
    return saving > charge * Double(4 * relations + 10) ? .custom : .open
  }
}
