import PlanModel
import SQLNames
import Statements

/// The conditions that two plans of one statement check on the relations that both read.
///
/// Only conditions on a relation's own columns count: where the others are checked depends on the joins.
public struct ConditionComparison: Sendable, Equatable {
  /// Relations on which the plans check other conditions.
  public private(set) var changes: [Change] = []
  /// The plan that shows parameters, `$1`, where the other one shows values: a generic plan. `nil` where
  /// both show the same kind.
  public private(set) var genericSide: PlanComparison.Side?

  /// Conditions on one relation that only one of the plans checks.
  public struct Change: Sendable, Equatable {
    /// Who reads it.
    public var nodes: PlanComparison.Pair
    /// As the first plan prints them.
    public var before: [String]
    /// As the second plan prints them.
    public var after: [String]
  }

  /// Compares the conditions of two plans.
  public init(_ comparison: PlanComparison) {
    let scans = comparison.pairs.filter {
      Self.isScan(comparison.before.nodes[$0.before]) && Self.isScan(comparison.after.nodes[$0.after])
    }
    let before = ScanConditions(comparison.before)
    let after = ScanConditions(comparison.after)
    var parameters = (before: false, after: false)
    for pair in scans {
      let (own, others) = (before.conditions(of: pair.before), after.conditions(of: pair.after))
      let known = (Set(own.map(\.comparable)), Set(others.map(\.comparable)))
      let (only, other) = (
        own.filter { !known.1.contains($0.comparable) }, others.filter { !known.0.contains($0.comparable) }
      )
      guard !only.isEmpty || !other.isEmpty else { continue }
      changes.append(Change(nodes: pair, before: only.map(\.printed), after: other.map(\.printed)))
      parameters.before = parameters.before || only.contains(where: \.hasParameter)
      parameters.after = parameters.after || other.contains(where: \.hasParameter)
    }
    guard parameters.before != parameters.after else { return }
    genericSide = parameters.before ? .before : .after
  }

  private static func isScan(_ node: PlanNode) -> Bool {
    node.relation != nil && !node.type.isStorageNode && node.type.name != "ModifyTable"
  }
}

/// What a plan's scans check.
private struct ScanConditions {
  private static let keys: [PropertyKey] = [.filter, .indexCond, .recheckCond, .storageFilters, .tidCond]

  private let plan: ExplainedPlan
  private let conditions: PlanConditions
  private let children: [[Int]]
  private let returned: Set<Int>

  struct Condition {
    var printed: String
    var comparable: String
    var hasParameter: Bool
  }

  init(_ plan: ExplainedPlan) {
    self.plan = plan
    conditions = PlanConditions(plan)
    children = plan.childrenByNode()
    returned = Set(plan.nodes.flatMap { $0.relationship.returnedParameters })
  }

  /// Those of the scan and of what works for it: bitmaps and storage nodes.
  func conditions(of scan: Int) -> [Condition] {
    guard let label = plan.nodes[scan].relation?.label else { return [] }
    var (waiting, found, seen) = ([scan], [Condition](), Set<String>())
    while let node = waiting.popLast() {
      waiting += children[node].filter {
        plan.nodes[$0].type.isBitmapBuilder || plan.nodes[$0].type.isStorageNode
      }
      for condition in own(of: node, label) where seen.insert(condition.comparable).inserted {
        found.append(condition)
      }
    }
    return found
  }

  private func own(of node: Int, _ label: String) -> [Condition] {
    Self.keys.flatMap { conditions.predicates($0, of: node) }.compactMap { predicate in
      let isOwn = predicate.allColumns.allSatisfy { $0.belongs(to: label) }
      let isOfSubplan = predicate.hasSubSelect || !returned.isDisjoint(with: predicate.parameters)
      // Without VERBOSE and with one table EXPLAIN prints no qualifiers.
      let qualifier = SQLIdentifier(label).quoted + "."
      guard isOwn, !isOfSubplan, predicate.comparison != .opaque,
        let printed = predicate.text?.text,
        let comparable = predicate.comparableText({ $0.replacing(qualifier, with: "") })
      else { return nil }
      return Condition(
        printed: printed, comparable: comparable, hasParameter: !predicate.parameters.isEmpty)
    }
  }
}
