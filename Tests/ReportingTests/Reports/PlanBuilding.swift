import PlanModel

/// Short forms for plans of fixed values.
func node(
  _ type: NodeType, parent: Int?, on relation: RelationReference? = nil, using index: String? = nil,
  cost: (Double, Double), rows: Double, width: Int = 40, actual: ActualExecution = .notReported,
  _ properties: [PlanProperty] = []
) -> PlanNode {
  PlanNode(
    parent: parent, type: type, relation: relation, indexName: index,
    estimate: CostEstimate(startupCost: cost.0, totalCost: cost.1, planRows: rows, planWidth: width),
    actual: actual, properties: properties)
}

/// `(actual time=a..b rows=r loops=l)`.
func ran(_ first: Double, _ last: Double, rows: Double, loops: Double = 1) -> ActualExecution {
  .executed(ActualFigures(startupTime: first, totalTime: last, rows: rows, loops: loops))
}

/// `(actual rows=r loops=l)`.
func stored(rows: Double, loops: Double = 1) -> ActualExecution {
  .executed(ActualFigures(rows: rows, loops: loops))
}
