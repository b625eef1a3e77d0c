import PlanModel

/// Why a plan without findings is considered healthy, with the plan's own numbers.
struct HealthStatement {
  var paragraphs: [String] = []

  init(_ report: DiagnosticReport) {
    let measures = PlanMeasures(report.plan)
    let rules = report.findings.ruledOut.count
    let looked = rules == 1 ? "1 rule looked" : "\(rules) rules looked"
    guard measures.isTimed else {
      paragraphs = [
        rules > 0
          ? "No finding. \(looked) at the planner's estimates and found nothing; nothing was measured, so the estimates themselves were not checked."
          : "No finding. 0 rules could look: the plan shows the planner's estimates alone, and what the rules judge was not measured."
      ]
      return
    }
    let reasons = [
      Self.time(report.plan), Self.costliest(measures), Self.worstEstimate(report.plan, measures),
    ]
    paragraphs = [
      "No finding. \(looked) and recognised nothing that costs 1% of the execution time and at least 1 ms, so this plan is considered healthy as far as these rules see; a cause that none of them knows is not ruled out.",
      reasons.compactMap { $0 }.joined(separator: " "),
    ]
  }

  private static func time(_ plan: ExplainedPlan) -> String? {
    guard let execution = plan.executionTime else { return nil }
    let planning = plan.planningTime.map { ", planning \(Figure.milliseconds($0))" } ?? ""
    return "Execution took \(Figure.milliseconds(execution))\(planning)."
  }

  private static func costliest(_ measures: PlanMeasures) -> String? {
    guard let top = measures.ranking.first, let own = measures.ownTime(of: top) else { return nil }
    return
      "The costliest node, \(Markdown.code(measures.label(of: top))), took \(Figure.milliseconds(own)) by itself."
  }

  private static func worstEstimate(_ plan: ExplainedPlan, _ measures: PlanMeasures) -> String? {
    let errors = plan.nodes.indices.compactMap { index in measures.error(of: index).map { (index, $0) } }
    guard let worst = errors.max(by: { $0.1 < $1.1 }) else { return nil }
    let name = Markdown.code(measures.label(of: worst.0))
    return worst.1 < 2
      ? "No row estimate is off by 2x or more: the furthest is that of \(name), by \(Figure.ratio(worst.1))."
      : "The row estimate that is furthest off is that of \(name), by \(Figure.ratio(worst.1)); nothing that these rules know rested on it."
  }
}
