/// Two plans of one statement side by side: the same nodes, and what differs in shape, estimates, rows, times
/// and settings.
///
/// Holds what both plans print and no cause. Linear in the plans but for sorting; deep plans need no stack.
public struct PlanComparison: Sendable, Equatable {
  /// The first plan, without nodes that the second cannot have; see ``leftOut``.
  public let before: ExplainedPlan
  /// The second plan.
  public let after: ExplainedPlan
  /// Nodes of the first plan that are no part of the comparison: ModifyTable and LockRows, where the second
  /// plan only finds the rows.
  public let leftOut: [PlanNode]
  /// Whether the plans can be of one statement: some relation is read by both, or one reads none.
  public let areRelated: Bool
  /// Whether both do the same in the same order.
  public let shape: ShapeComparison
  /// Nodes that do the same work, in the first plan's order.
  public let pairs: [Pair]
  /// Nodes of the first plan without a partner.
  public let onlyBefore: [Int]
  /// Nodes of the second plan without a partner.
  public let onlyAfter: [Int]
  /// Those of ``pairs`` that do their work in another way: another scan, index or join method.
  public let changedNodes: [Pair]
  /// Figures of the whole plans that both print.
  public let totals: [FigureChange]
  /// Figures of ``pairs`` that differ beyond their rounding, by figure and the first plan's order.
  public let changes: [FigureChange]
  /// Settings that differ, by name; none where some plan does not tell its settings (see ``gaps``).
  public let settings: [SettingChange]
  /// What could not be compared, and why.
  public let gaps: [Gap]

  /// Indices of two nodes that do the same work.
  public struct Pair: Sendable, Equatable, Hashable {
    /// In ``before``.
    public var before: Int
    /// In ``after``.
    public var after: Int
  }

  /// A planner setting that has another value.
  public struct SettingChange: Sendable, Equatable {
    /// PostgreSQL's name.
    public var name: String
    /// As printed; `nil` where the plan's Settings leave it out: it had its built-in default.
    public var before: String?
    /// The same of the second plan.
    public var after: String?
  }

  /// Which of the plans.
  public enum Side: Sendable, Equatable, CaseIterable { case before, after }

  /// What could not be compared.
  public enum Gap: Sendable, Equatable {
    /// Plans that do not print such figures.
    case notPrinted(Missing, [Side])
    /// Estimates of so many pairs: they are per process, or per row of another input, in one plan and not in
    /// the other.
    case estimatesPerLoop(Int)
    /// Execution Time of the first plan has the work of the nodes in ``leftOut`` in it.
    case executionTimeOfStatement
  }

  /// What an option of EXPLAIN adds.
  public enum Missing: Sendable, Equatable, CaseIterable {
    case actualFigures, times, costs, buffers, settings
  }

  /// Compares two plans.
  ///
  /// - Parameter secondHasSettings: the second plan was made with SETTINGS, so that one without any had
  ///   all defaults; of the first that is never known.
  public init(_ first: ExplainedPlan, _ second: ExplainedPlan, secondHasSettings: Bool = false) {
    let types = Self.rowMarkers.subtracting(second.nodes.map(\.type.name))
    let finding = first.without(types)
    leftOut = first.nodes.filter { types.contains($0.type.name) }
    (before, after) = (finding, second)
    let spelling = ComparedNode.Spelling(
      finding, second, isModification: leftOut.contains { $0.type.name == "ModifyTable" })
    let own = finding.nodes.map { ComparedNode($0, spelling) }
    let others = second.nodes.map { ComparedNode($0, spelling) }
    areRelated = RelationNames(finding).areShared(with: RelationNames(second))
    shape = ShapeComparison(own, of: finding, others, of: second)
    let matching = NodeMatching(own, of: finding, others, of: second)
    pairs = matching.pairs.map { Pair(before: $0.before, after: $0.after) }
    (onlyBefore, onlyAfter) = (matching.onlyBefore, matching.onlyAfter)
    changedNodes = pairs.filter { pair in
      finding.nodes[pair.before].isPartOfShape && own[pair.before].isOtherWay(than: others[pair.after])
    }
    let figures = FigureComparison(finding, second, pairs, isWholeStatement: leftOut.isEmpty)
    (totals, changes) = (figures.totals, figures.changes)
    let unsettled = Self.sides([finding, second]) { !$0.settings.isEmpty }
      .filter { $0 == .before || !secondHasSettings }
    settings = unsettled.isEmpty ? Self.settings(first, second) : []
    gaps =
      Missing.allCases.compactMap { missing in
        let sides =
          missing == .settings
          ? unsettled : Self.sides([finding, second], having: missing.isPrinted)
        return sides.isEmpty ? nil : .notPrinted(missing, sides)
      }
      + (figures.estimatesPerLoop > 0 ? [.estimatesPerLoop(figures.estimatesPerLoop)] : [])
      + (leftOut.isEmpty || first.executionTime == nil ? [] : [.executionTimeOfStatement])
  }

  /// Nodes that a SELECT which only finds rows does not have.
  private static let rowMarkers: Set<String> = ["ModifyTable", "LockRows"]

  /// Whether nothing differs that both plans print.
  public var isEmpty: Bool {
    let identifiers = Set([before, after].compactMap(\.queryIdentifier))
    return identifiers.count < 2 && shape == .same && changes.isEmpty && settings.isEmpty && leftOut.isEmpty
      && totals.allSatisfy { $0.before == $0.after }
  }

  private static func settings(_ first: ExplainedPlan, _ second: ExplainedPlan) -> [SettingChange] {
    let values = { (plan: ExplainedPlan) in
      Dictionary(plan.settings.map { ($0.key.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }
    let (own, others) = (values(first), values(second))
    return Set(own.keys).union(others.keys).sorted().compactMap { name in
      own[name] == others[name] ? nil : SettingChange(name: name, before: own[name], after: others[name])
    }
  }

  /// Those of the two plans for which something does not hold.
  private static func sides(_ plans: [ExplainedPlan], having isThere: (ExplainedPlan) -> Bool) -> [Side] {
    zip(Side.allCases, plans).filter { !isThere($0.1) }.map(\.0)
  }
}

extension PlanComparison.Missing {
  /// What a plan without ANALYZE does not have is named once.
  fileprivate func isPrinted(in plan: ExplainedPlan) -> Bool {
    switch self {
    case .actualFigures: plan.isAnalyzed
    case .times: !plan.isAnalyzed || plan.nodes.contains { $0.actual.figures?.totalTime != nil }
    case .costs: plan.nodes.contains { $0.estimate != nil }
    case .buffers: !plan.isAnalyzed || plan.nodes.contains { $0.buffers != nil }
    case .settings: !plan.settings.isEmpty
    }
  }
}

extension ComparedNode {
  /// Another operation or another index; which process does it, and what reads its rows, does not count.
  fileprivate func isOtherWay(than other: ComparedNode) -> Bool {
    inOneProcess.type != other.inOneProcess.type || index != other.index
      || relation?.name != other.relation?.name || relation?.schema != other.relation?.schema
  }
}

/// The tables that a plan reads, by their names without schema.
private struct RelationNames {
  private var names: Set<String> = []
  /// What partitions are called in expressions: their table's name or alias.
  private var tables: Set<String> = []

  init(_ plan: ExplainedPlan) {
    for node in plan.nodes where !node.type.readsNoTable {
      guard let relation = node.relation else { continue }
      names.insert(relation.name)
      let above = node.parent.map { plan.nodes[$0].type.name }
      guard above == "Append" || above == "Merge Append", let alias = relation.alias else { continue }
      tables.insert(String(alias.prefix(upTo: alias.lastIndex(of: "_") ?? alias.endIndex)))
    }
  }

  func areShared(with other: RelationNames) -> Bool {
    names.isEmpty || other.names.isEmpty || !names.isDisjoint(with: other.names)
      || !tables.isDisjoint(with: other.tables)
  }
}

extension NodeType {
  /// Reads what the plan itself makes: its name says nothing about the database.
  fileprivate var readsNoTable: Bool {
    switch name {
    case "CTE Scan", "Subquery Scan", "Function Scan", "Table Function Scan", "Values Scan", "WorkTable Scan",
      "Named Tuplestore Scan":
      true
    default: false
    }
  }
}
