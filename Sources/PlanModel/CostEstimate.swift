/// `(cost=S..T rows=R width=W)`: the planner's estimate for one execution of a node.
public struct CostEstimate: Sendable, Equatable {
  /// Cost before the first row, in the planner's units.
  public var startupCost: Double
  /// Cost of all rows, children included.
  public var totalCost: Double
  /// Rows per loop.
  public var planRows: Double
  /// Average row width in bytes.
  public var planWidth: Int
  /// `loops=` inside the cost group; only Aurora DSQL's newer storage nodes print it.
  public var loops: Double?

  /// An estimate as printed.
  public init(
    startupCost: Double, totalCost: Double, planRows: Double, planWidth: Int, loops: Double? = nil
  ) {
    self.startupCost = startupCost
    self.totalCost = totalCost
    self.planRows = planRows
    self.planWidth = planWidth
    self.loops = loops
  }
}
