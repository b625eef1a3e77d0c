import Diagnosis
import PlanModel
import SQLNames
import Statements

/// A plan as it is held, node by node, against that of the SELECT that stands for its statement.
struct ComparedPlan {
  private let plan: ExplainedPlan
  private let conditions: PlanConditions
  /// What the whole plan is charged.
  private let totalCost: Double?

  private init(_ plan: ExplainedPlan, totalCost: Double?) {
    self.plan = plan
    conditions = PlanConditions(plan)
    self.totalCost = totalCost
  }

  /// All of it.
  init(_ plan: ExplainedPlan) { self.init(plan, totalCost: plan.root.estimate?.totalCost) }

  /// What stands below ModifyTable. Sub-plans there, and init plans that the SELECT does not have, are
  /// RETURNING's.
  init?(modifying plan: ExplainedPlan, like select: ExplainedPlan, notes: [AdmissionNote]) {
    var hanging = plan.hangingOnRoot
    var cost = plan.root.estimate?.totalCost
    if notes.contains(.returningDropped) {
      let kept = Self.subsequence(of: hanging, in: plan, like: select.hangingOnRoot.map { select.nodes[$0] })
      for extra in hanging where !kept.contains(extra) {
        cost = cost.map { $0 - (plan.nodes[extra].estimate?.totalCost ?? 0) }
      }
      hanging = kept
    }
    guard let rest = plan.belowRoot(keeping: hanging) else { return nil }
    self.init(rest, totalCost: cost)
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
    guard plan.nodes.count == other.plan.nodes.count else {
      return ["\(plan.nodes.count) nodes against \(other.plan.nodes.count)"]
    }
    let labels = labels(in: other)
    return plan.nodes.indices.compactMap { difference(from: other, at: $0, labels: labels) }
  }

  private func difference(
    from other: ComparedPlan, at place: Int, labels: [String: String]
  ) -> String? {
    let (node, match) = (plan.nodes[place], other.plan.nodes[place])
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
    place == 0 ? totalCost : plan.nodes[place].estimate?.totalCost
  }

  // MARK: Conditions

  /// EXPLAIN numbers the partitions of a table that ModifyTable names as well: `part_1` here is `part` there.
  private func labels(in other: ComparedPlan) -> [String: String] {
    let pairs = zip(plan.nodes, other.plan.nodes).compactMap { node, match -> (String, String)? in
      let (own, match) = (node.relation, match.relation)
      guard let own, let match, own.label != match.label else { return nil }
      return (own.label, match.label)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// A view's condition stands before or behind the statement's own: the order of an AND list means nothing.
  private func isSame(
    _ key: PropertyKey, as other: ComparedPlan, at place: Int, labels: [String: String]
  ) -> Bool {
    let texts = (plan.nodes[place][key], other.plan.nodes[place][key])
    if texts.0 == texts.1 { return true }
    let members = conditions.predicates(key, of: place).map { predicate in
      predicate.comparableText { labels.reduce($0, Self.renaming) }
    }
    return !members.isEmpty
      && Set(members) == Set(other.conditions.predicates(key, of: place).map { $0.comparableText() })
  }

  private static func renaming(_ text: String, _ label: (key: String, value: String)) -> String {
    text.replacing(SQLIdentifier(label.key).quoted + ".", with: SQLIdentifier(label.value).quoted + ".")
  }
}
