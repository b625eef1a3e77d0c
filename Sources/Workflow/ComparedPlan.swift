import Diagnosis
import PlanModel
import SQLNames
import Statements

/// A plan's nodes in the order in which a statement's own plan and that of its SELECT are compared.
struct ComparedPlan {
  private let plan: ExplainedPlan
  private let conditions: PlanConditions
  /// Indices of the plan's nodes.
  private let order: [Int]
  /// What the whole plan is charged.
  private let totalCost: Double?

  private init(_ plan: ExplainedPlan, order: [Int], totalCost: Double?) {
    self.plan = plan
    conditions = PlanConditions(plan)
    self.order = order
    self.totalCost = totalCost
  }

  /// All of it.
  init(_ plan: ExplainedPlan) {
    self.init(plan, order: Array(plan.nodes.indices), totalCost: plan.root.estimate?.totalCost)
  }

  /// What stands below ModifyTable. Init plans and CTEs hang on the topmost node, which a SELECT has in
  /// ModifyTable's place; sub-plans there, and init plans that the SELECT does not have, are RETURNING's.
  init?(modifying plan: ExplainedPlan, like select: ExplainedPlan, notes: [AdmissionNote]) {
    let children = plan.nodes.indices.filter { plan.nodes[$0].parent == 0 }
    guard let top = children.first(where: { plan.nodes[$0].relationship == .member }) else { return nil }
    var hanging = children.filter { plan.nodes[$0].isInitPlanOrCTE }
    var cost = plan.root.estimate?.totalCost
    if notes.contains(.returningDropped) {
      let wanted = select.nodes.filter { $0.parent == 0 && $0.isInitPlanOrCTE }
      let kept = Self.subsequence(of: hanging, in: plan, like: wanted)
      for extra in hanging where !kept.contains(extra) {
        cost = cost.map { $0 - (plan.nodes[extra].estimate?.totalCost ?? 0) }
      }
      hanging = kept
    }
    let order = [top] + hanging.flatMap { plan.subtree(of: $0) } + plan.subtree(of: top).dropFirst()
    self.init(plan, order: order, totalCost: cost)
  }

  /// Those of the init plans that look like the wanted ones, in order; all of them where one finds no match.
  private static func subsequence(
    of hanging: [Int], in plan: ExplainedPlan, like wanted: [PlanNode]
  ) -> [Int] {
    var rest = hanging[...]
    var kept: [Int] = []
    for node in wanted {
      let isLike = { (index: Int) in
        plan.nodes[index].type == node.type && plan.nodes[index].estimate == node.estimate
      }
      guard let match = rest.firstIndex(where: isLike) else { return hanging }
      kept.append(rest[match])
      rest = rest[(match + 1)...]
    }
    return kept
  }

  private static let conditionKeys: [PropertyKey] = [
    .filter, .indexCond, .recheckCond, .hashCond, .mergeCond, .joinFilter, .tidCond, .oneTimeFilter,
  ]

  /// What differs, in words, first difference first.
  func differences(from other: ComparedPlan) -> [String] {
    guard order.count == other.order.count else {
      return ["\(order.count) nodes against \(other.order.count)"]
    }
    let labels = labels(in: other)
    return order.indices.compactMap { difference(from: other, at: $0, labels: labels) }
  }

  private func difference(
    from other: ComparedPlan, at place: Int, labels: [String: String]
  ) -> String? {
    let (node, match) = (plan.nodes[order[place]], other.plan.nodes[other.order[place]])
    if node.type != match.type { return "\(node.type.label) against \(match.type.label)" }
    if !Self.isSame(node.relation, match.relation) || node.indexName != match.indexName {
      return "\(node.type.label) reads another relation or index"
    }
    if let key = Self.conditionKeys.first(where: { !isSame($0, as: other, at: place, labels: labels) }) {
      return "\(key.name) of \(node.type.label)"
    }
    let costs = (cost(at: place), other.cost(at: place))
    guard !Self.isSame(costs.0, costs.1) else { return nil }
    return "cost of \(node.type.label): \(costs.0 ?? 0) against \(costs.1 ?? 0)"
  }

  private static func isSame(_ own: RelationReference?, _ other: RelationReference?) -> Bool {
    own?.schema == other?.schema && own?.name == other?.name
  }

  /// EXPLAIN prints two decimals; a difference of sums of them is not exact.
  private static func isSame(_ own: Double?, _ other: Double?) -> Bool {
    abs((own ?? 0) - (other ?? 0)) < 0.005
  }

  /// The topmost node's cost with that of its init plans: what the whole plan is charged.
  private func cost(at place: Int) -> Double? {
    place == 0 ? totalCost : plan.nodes[order[place]].estimate?.totalCost
  }

  // MARK: Conditions

  /// EXPLAIN numbers the partitions of a table that ModifyTable names as well: `part_1` here is `part` there.
  private func labels(in other: ComparedPlan) -> [String: String] {
    let pairs = order.indices.compactMap { place -> (String, String)? in
      let (own, match) = (plan.nodes[order[place]].relation, other.plan.nodes[other.order[place]].relation)
      guard let own, let match, own.label != match.label else { return nil }
      return (own.label, match.label)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// A view's condition stands before or behind the statement's own: the order of an AND list means nothing.
  private func isSame(
    _ key: PropertyKey, as other: ComparedPlan, at place: Int, labels: [String: String]
  ) -> Bool {
    let (index, match) = (order[place], other.order[place])
    let texts = (plan.nodes[index][key], other.plan.nodes[match][key])
    if texts.0 == texts.1 { return true }
    let members = conditions.predicates(key, of: index).map { $0.regardlessOfSides(labels) }
    return !members.isEmpty
      && Set(members) == Set(other.conditions.predicates(key, of: match).map { $0.regardlessOfSides([:]) })
  }
}

extension PlanNode {
  /// Evaluated before or beside the node, whose cost includes it.
  fileprivate var isInitPlanOrCTE: Bool {
    switch relationship {
    case .initPlan, .cte: true
    case .member, .subPlan: false
    }
  }
}

extension ColumnPredicate {
  /// The text, and of an equality the same for `a = b` and `b = a`; tables are called by their other label
  /// where they have one.
  fileprivate func regardlessOfSides(_ labels: [String: String]) -> String? {
    guard let text = text.map({ labels.reduce($0.text, Self.renaming) }) else { return nil }
    let sides = Self.withoutBrackets(text).split(separator: " = ")
    return comparison == .equal && sides.count == 2 ? sides.sorted().joined(separator: " = ") : text
  }

  /// `(a = b)` as `a = b`, but not `(a) = (b)`.
  private static func withoutBrackets(_ text: String) -> String {
    guard text.hasPrefix("("), text.hasSuffix(")") else { return text }
    var depth = 0
    for character in text.dropLast() {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if depth == 0 { return text }
    }
    return withoutBrackets(String(text.dropFirst().dropLast()))
  }

  private static func renaming(_ text: String, _ label: (key: String, value: String)) -> String {
    text.replacing(SQLIdentifier(label.key).quoted + ".", with: SQLIdentifier(label.value).quoted + ".")
  }
}
