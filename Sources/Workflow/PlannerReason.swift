import PlanModel
import SQLNames
import Statements

/// Why the planner treats an UPDATE or DELETE otherwise than the SELECT that stands for it.
public enum PlannerReason: Sendable, Equatable, CaseIterable {
  /// Other row-level-security policies bind the statement than the SELECT: the catalog shows it, no plan does.
  case rowSecurity
  /// `FOR UPDATE` in a sub-select or CTE: its rows are locked by a node of their own, and it is not merged.
  case locking
  /// The foreign server changes the rows itself.
  case foreignServer
  /// No row can match, so the planner leaves out everything else.
  case noRows
  /// The target is a view: the statement changes its table, the SELECT reads the view, which `security_barrier`
  /// or computed columns make a sub-select of its own.
  case view
  /// The whole row of a sub-select is kept for locking, so the Subquery Scan stays.
  case keptSubSelect
  /// RETURNING computes sub-selects or reads columns of the other tables.
  case returning
  /// Index-only scans, which the statement uses in some places only.
  case indexOnlyScans
  /// Join orders whose costs differ by less than 1 %, of which the planner keeps the first that it meets.
  case equalCosts
  /// A condition that only the statement has.
  case otherConditions
  /// SET … = DEFAULT computes the column's default.
  case defaults
  /// What `(a, b) = (SELECT …)` returns is converted to the columns' types.
  case convertedRow
  /// The rows that are joined have other columns, so hashes and sorts have another size.
  case rowWidth
  /// The target comes last in FROM, where a LATERAL item must not see it: the planner's estimates depend on
  /// the order.
  case targetLast

  /// The first reason that the plans show; `nil` where they show none.
  init?(own: ExplainedPlan, select: ExplainedPlan, notes: [AdmissionNote]) {
    let plans = PlanPair(own: own, select: select)
    let reason = Self.allCases.first { $0.isShown(by: plans, notes) }
    guard let reason else { return nil }
    self = reason
  }

  private func isShown(by plans: PlanPair, _ notes: [AdmissionNote]) -> Bool {
    switch self {
    case .rowSecurity: false
    case .locking: plans.surplus("LockRows") > 0
    case .foreignServer: plans.own.nodes.contains { $0.type.name == "Foreign Scan" && $0.type.command != nil }
    case .noRows: plans.own.nodes.count == 2 && plans.own.nodes[1].type.name == "Result"
    case .view: notes.contains { $0.isRewritingOfView }
    case .keptSubSelect: plans.surplus("Subquery Scan") > 0
    case .returning: notes.contains(.returningDropped) && plans.returningReadsMore
    case .indexOnlyScans: plans.surplus("Index Only Scan") != 0
    case .equalCosts: plans.haveSameNodes && plans.haveSameCost && plans.haveOtherOrder
    case .otherConditions: plans.ownHasMoreConditions
    case .defaults: notes.contains(.defaultsLeftOut)
    case .convertedRow: plans.selectBuildsRow
    case .rowWidth: plans.haveJoins && plans.differInWidths
    case .targetLast: plans.haveJoins && plans.haveSameNodes
    }
  }
}

extension AdmissionNote {
  fileprivate var isRewritingOfView: Bool {
    if case .rewritten(_, let form) = self { !form.hasRowIdentifiers } else { false }
  }
}

/// A statement's own plan and that of its SELECT.
private struct PlanPair {
  let own: ExplainedPlan
  let select: ExplainedPlan

  /// How many more nodes of a type the statement's own plan has.
  func surplus(_ name: String) -> Int { count(name, own) - count(name, select) }

  private func count(_ name: String, _ plan: ExplainedPlan) -> Int {
    plan.nodes.count { $0.type.name == name }
  }

  private var nodes: (own: ArraySlice<PlanNode>, select: ArraySlice<PlanNode>) {
    (own.nodes.dropFirst(), select.nodes[...])
  }

  var haveSameNodes: Bool { names(nodes.own).sorted() == names(nodes.select).sorted() }

  var haveOtherOrder: Bool {
    nodes.own.map(\.relation) != nodes.select.map(\.relation)
      || zip(nodes.own, nodes.select).contains { $0.type != $1.type }
  }

  private func names(_ nodes: ArraySlice<PlanNode>) -> [String] {
    nodes.map { "\($0.type.name) \($0.relation?.name ?? "")" }
  }

  /// `STD_FUZZ_FACTOR` of the planner's pathnode.c.
  private static let fuzzFactor = 1.01

  var haveSameCost: Bool {
    let costs = [own, select].map { $0.root.estimate?.totalCost ?? 0 }.sorted()
    return costs[1] <= costs[0] * Self.fuzzFactor
  }

  /// RETURNING has sub-selects of its own, or reads columns of other tables than the target.
  var returningReadsMore: Bool {
    let hasPlans =
      own.nodes.count { $0.parent == 0 } > 1
      + select.nodes.count { $0.parent == 0 && $0.relationship != .member }
    let target = own.root.relation?.label
    let others = Set(own.nodes.compactMap { $0.relation?.label }).subtracting([target].compactMap { $0 })
    let output = own.root[.output] ?? ""
    return hasPlans || others.contains { output.contains(SQLIdentifier($0).quoted + ".") }
  }

  var haveJoins: Bool { own.nodes.contains(where: \.type.isJoin) }

  /// The topmost node's row is not joined any more.
  var differInWidths: Bool {
    let widths = [nodes.own, nodes.select].map { $0.dropFirst().compactMap(\.estimate?.planWidth).sorted() }
    return widths[0] != widths[1]
  }

  var ownHasMoreConditions: Bool { conditionCount(nodes.own) > conditionCount(nodes.select) }

  private func conditionCount(_ nodes: ArraySlice<PlanNode>) -> Int {
    nodes.reduce(0) { $0 + ($1[.filter] ?? "").ranges(of: " AND ").count + ($1[.filter] == nil ? 0 : 1) }
  }

  var selectBuildsRow: Bool { select.nodes.contains { $0[.output]?.contains("ROW(") == true } }
}
