import PlanModel

/// The figures of a plan that an addendum compares.
public struct PlanFigures: Sendable, Equatable, Codable {
  /// `Planning Time`, in milliseconds.
  public var planningTime: Double?
  /// `Execution Time`, in milliseconds.
  public var executionTime: Double?
  /// Total DPUs of the statement.
  public var totalDPU: Double?
  /// The root's total cost.
  public var totalCost: Double?
  /// Rows that the root returned.
  public var rootRows: Double?
  /// Σ planRows × loops over the scans.
  public var estimatedRowsScanned: Double?
  /// The scan with the most own time (else cost): its table or index.
  public var mainRelation: String?
  /// That scan's node type.
  public var mainScan: String?
  /// Node labels without aliases, in the plan's order.
  public var nodes: [String]

  /// Figures of a plan.
  public init(_ plan: ExplainedPlan) {
    self.init(
      planningTime: plan.planningTime, executionTime: plan.executionTime, totalDPU: plan.dpu?.total,
      totalCost: plan.root.estimate?.totalCost, rootRows: plan.root.actual.figures?.totalRows,
      nodes: PlanStructure(plan).labels)
    let scans = plan.nodes.indices.filter { Self.isScan(plan.nodes[$0]) }
    estimatedRowsScanned = Self.estimatedRows(scans.map { plan.nodes[$0] })
    guard let main = PlanMeasures(plan).ranking.first(where: scans.contains) ?? scans.first else { return }
    mainRelation = plan.nodes[main].relation.map(Self.name)
    mainScan = plan.nodes[main].type.name
  }

  /// Figures as read back; what is not known is left out.
  public init(
    planningTime: Double? = nil, executionTime: Double? = nil, totalDPU: Double? = nil,
    totalCost: Double? = nil, rootRows: Double? = nil, nodes: [String] = []
  ) {
    self.planningTime = planningTime
    self.executionTime = executionTime
    self.totalDPU = totalDPU
    self.totalCost = totalCost
    self.rootRows = rootRows
    self.nodes = nodes
  }

  /// The type of the scan of a relation: the one with the most own time where there are several.
  static func scanType(of relation: String, in plan: ExplainedPlan) -> String? {
    let isOfRelation = { (index: Int) in
      isScan(plan.nodes[index]) && plan.nodes[index].relation.map(name) == relation
    }
    let index =
      PlanMeasures(plan).ranking.first(where: isOfRelation) ?? plan.nodes.indices.first(where: isOfRelation)
    return index.map { plan.nodes[$0].type.name }
  }

  private static func name(_ relation: RelationReference) -> String {
    relation.schema.map { "\($0).\(relation.name)" } ?? relation.name
  }

  /// A node that reads a table; storage nodes belong to the scan above them.
  private static func isScan(_ node: PlanNode) -> Bool {
    node.relation != nil && !node.type.isStorageNode && node.type.name != "ModifyTable"
  }

  private static func estimatedRows(_ scans: [PlanNode]) -> Double? {
    let rows = scans.compactMap { node in
      node.estimate.map { $0.planRows * (node.actual.figures?.loops ?? 1) }
    }
    return rows.isEmpty ? nil : rows.reduce(0, +)
  }
}
