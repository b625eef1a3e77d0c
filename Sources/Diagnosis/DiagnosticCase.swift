import Catalog
import PlanModel
import Statements

/// All that a rule may look at.
public struct DiagnosticCase: Sendable {
  /// The captured or pasted plan.
  public let plan: ExplainedPlan
  /// Its arithmetic.
  public let timings: PlanTimings
  /// What its nodes test.
  public let conditions: PlanConditions
  /// The statement; `nil` for a pasted plan without `--sql`.
  public let statement: StatementShape?
  /// What is known of the tables.
  public let evidence: EvidenceBook
  /// What the engine can do.
  public let engine: EngineProfile
  /// What the user's statement would change, where a SELECT was run in its place; `nil` for others.
  public let change: DataChange?
  /// Settings that the capture itself made, so that the plan is that of the user's statement: nobody's fault.
  public let imposedSettings: Set<String>
  /// Which nodes read which CTE.
  let cteReaders: CTEReaders
  /// For every node its children, sub-plans included.
  let children: [[Int]]
  /// For every node its estimation error, where its rows can be held against the estimate.
  let errors: [PlanModel.EstimationError?]
  /// For every node why its rows cannot be held against its estimate, if so.
  let comparability: [EstimateComparability]
  /// Costly misestimates with what is behind them: several rules look at them.
  let diagnosed = OnDemand<[DiagnosedEstimate]>()

  /// A case; the plan's arithmetic is done here, once.
  public init(
    plan: ExplainedPlan, conditions: PlanConditions, statement: StatementShape?, evidence: EvidenceBook,
    engine: EngineProfile, change: DataChange? = nil, imposedSettings: Set<String> = []
  ) {
    self.plan = plan
    self.timings = PlanTimings(plan)
    self.conditions = conditions
    self.statement = statement
    self.evidence = evidence
    self.engine = engine
    self.change = change
    self.imposedSettings = imposedSettings
    self.cteReaders = CTEReaders(plan)
    self.children = plan.childrenByNode()
    self.comparability = plan.estimateComparability()
    self.errors = plan.estimationErrors(comparability)
  }
}

/// What a statement would do to a table if it were run.
public struct DataChange: Sendable, Equatable {
  /// `UPDATE` or `DELETE`.
  public var command: String
  /// The table.
  public var table: QualifiedName
  /// The columns that an UPDATE assigns; empty for a DELETE.
  public var columns: [String]

  /// A change of a table.
  public init(command: String, table: QualifiedName, columns: [String] = []) {
    self.command = command
    self.table = table
    self.columns = columns
  }
}

// MARK: Figures of one node

extension DiagnosticCase {
  /// The node as TEXT prints it: `Seq Scan on public.orders o`.
  func label(of node: Int) -> String { plan.nodes[node].label }

  /// Rows per loop that the planner expected; 0 without estimate.
  func planRows(of node: Int) -> Double { plan.nodes[node].estimate?.planRows ?? 0 }

  /// Rows per loop that came; 0 where the node did not run.
  func rows(of node: Int) -> Double { plan.nodes[node].actual.figures?.rows ?? 0 }

  /// Rows over all loops and processes.
  func totalRows(of node: Int) -> Double { plan.nodes[node].rowsTotal ?? 0 }

  /// How often the node ran, over all processes.
  func loops(of node: Int) -> Double { plan.nodes[node].actual.figures?.loops ?? 0 }

  /// Milliseconds of wall-clock time without children; 0 where no time was printed.
  func ownTime(of node: Int) -> Double { timings.nodes[node].ownTime ?? 0 }

  /// Milliseconds of wall-clock time with children; 0 where no time was printed.
  func wall(of node: Int) -> Double { timings.nodes[node].wallContribution ?? 0 }

  /// Processes that share the work at this place of the plan.
  func processes(of node: Int) -> Double { timings.nodes[node].processes }

  /// How far the rows are from the estimate; 1 where that is not known.
  func error(of node: Int) -> Double { errors[node]?.ratio ?? 1 }

  /// Rows per loop that filters discarded: the node's own, and the storage filters of Aurora DSQL below it.
  func rowsRemoved(by node: Int) -> Double {
    let storage = children[node].flatMap { plan.subtree(of: $0) }.filter { plan.nodes[$0].type.isStorageNode }
    return (plan.nodes[node].rowsRemovedByFilter ?? 0)
      + storage.compactMap { plan.nodes[$0].number(.rowsFiltered) }.reduce(0, +)
  }

  /// Rows that filters discarded, over all loops and processes.
  func totalRowsRemoved(by node: Int) -> Double { rowsRemoved(by: node) * loops(of: node) }
}

// MARK: Impact

extension DiagnosticCase {
  /// An impact of the time that these disjoint nodes spent themselves; without times, of their own cost.
  func impact(ofOwnTimeOf nodes: [Int]) -> Impact {
    impact(milliseconds: nodes.map(ownTime).reduce(0, +), cost: nodes.map(ownCost).reduce(0, +))
  }

  /// An impact of the time that these disjoint nodes took with all below them; without times, of their cost.
  func impact(ofWallTimeOf nodes: [Int]) -> Impact {
    impact(milliseconds: nodes.map(wall).reduce(0, +), cost: nodes.map(cost).reduce(0, +))
  }

  private func impact(milliseconds: Double, cost: Double) -> Impact {
    guard let total = timings.totalTime, total > 0 else {
      let root = plan.root.estimate?.totalCost ?? 0
      return Impact(milliseconds: nil, share: root > 0 ? cost / root : 0)
    }
    return Impact(milliseconds: min(milliseconds, total), share: milliseconds / total)
  }

  private func cost(of node: Int) -> Double { plan.nodes[node].estimate?.totalCost ?? 0 }

  private func ownCost(of node: Int) -> Double {
    max(0, cost(of: node) - inputs(of: node).map(cost).reduce(0, +))
  }
}

extension QualifiedName {
  /// The table that a plan names.
  public init(_ reference: RelationReference) {
    self.init(schema: reference.schema, name: reference.name)
  }
}
