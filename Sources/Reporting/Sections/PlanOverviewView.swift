import Catalog
import PlanModel

/// `## Plan Overview`: the plan as captured, its costliest nodes, and what stands beside the tree.
struct PlanOverviewView {
  var plan: Fence
  var rankingLead: String
  var ranking: [Row]
  var remarks: [String]
  var layers: [StorageLayerRow]
  var hasLayers: Bool
  var layersLegend = StorageLayerRow.legend
  var pasted: PastedPlanView?

  struct Row {
    var rank: String
    var node: String
    var duration: String
    var share: String
    var own: String
    var estimated: String
    var actual: String
    var error: String
  }

  /// Nodes in the ranking table; the rest is counted in one line.
  static let rankedNodes = 10

  init(_ report: DiagnosticReport) {
    let measures = PlanMeasures(report.plan)
    plan = .text(report.planText)
    let order = measures.ranking
    rankingLead = Self.lead(measures)
    ranking = order.prefix(Self.rankedNodes).enumerated().map { rank, index in
      Self.row(rank: rank + 1, index, report.plan, measures)
    }
    remarks = PlanRemarks(plan: report.plan, measures: measures, ranked: order).lines
    layers = report.engine.engine == .dsql ? StorageLayerRow.rows(of: report.plan) : []
    hasLayers = !layers.isEmpty
    pasted = PastedPlanView(report)
  }

  private static func lead(_ measures: PlanMeasures) -> String {
    if measures.isParallel {
      return
        "Nodes by own time: what a node took by itself, without the nodes under it. Below a Gather, Node Duration is processor time summed over processes; the share and the own time are wall-clock time."
    }
    if measures.isTimed {
      return "Nodes by own time: what a node took by itself, without the nodes under it."
    }
    return measures.hasCosts
      ? "Nodes by own estimated cost, because this plan has no node times."
      : "Nodes in the plan's own order, because this plan has neither times nor costs."
  }

  private static func row(
    rank: Int, _ index: Int, _ plan: ExplainedPlan, _ measures: PlanMeasures
  ) -> Row {
    let node = plan.nodes[index]
    return Row(
      rank: "\(rank)", node: Markdown.cell(Markdown.code(measures.label(of: index))),
      duration: measures.duration(of: index),
      share: measures.share(of: index), own: measures.own(of: index),
      estimated: node.estimate.map { Figure.count($0.planRows) } ?? "not printed",
      actual: actual(node), error: measures.error(of: index).map(Figure.ratio) ?? "–")
  }

  private static func actual(_ node: PlanNode) -> String {
    switch node.actual {
    case .notReported: "not measured"
    case .neverExecuted: "never executed"
    case .executed(let figures) where figures.loops > 1:
      "\(Figure.count(figures.rows)) × \(Figure.count(figures.loops)) loops"
    case .executed(let figures): Figure.count(figures.rows)
    }
  }
}
