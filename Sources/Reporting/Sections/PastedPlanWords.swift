import Diagnosis
import PlanModel

/// What the comparison of a pasted and a captured plan says in sentences.
struct PastedPlanWords {
  private let comparison: PlanComparison

  init(_ comparison: PlanComparison) { self.comparison = comparison }

  // MARK: Verdict

  /// Names of one side that a sentence takes.
  private static let mostNames = 5

  static func unrelated(_ comparison: PlanComparison) -> PastedPlanView.Verdict {
    let (own, others) = (names(comparison.before), names(comparison.after))
    return PastedPlanView.Verdict(
      "Not compared: no relation in common.",
      "The pasted plan reads \(own), the captured one \(others): the pasted plan is not this statement's, unless its tables had other names."
    )
  }

  private static func names(_ plan: ExplainedPlan) -> String {
    var seen: Set<String> = []
    let names = plan.nodes.compactMap(\.relation).map { relation in
      var relation = relation
      relation.alias = nil
      return relation.qualifiedLabel
    }.filter { seen.insert($0).inserted }
    let rest = names.count > mostNames ? [Words.counted(Double(names.count - mostNames), "other")] : []
    return (names.prefix(mostNames).map(Markdown.code) + rest).joined(separator: ", ")
  }

  /// Whether the plans are one, and where they first part.
  func verdict(_ conditions: ConditionComparison) -> PastedPlanView.Verdict {
    if comparison.isEmpty, conditions.changes.isEmpty {
      return PastedPlanView.Verdict(
        "No difference:",
        "all that both plans print is the same, nodes, relations and indexes in their order and every figure."
      )
    }
    return switch comparison.shape {
    case .same:
      PastedPlanView.Verdict(
        "Same shape:",
        "the captured plan has the nodes, relations and indexes of the pasted one in the same order.")
    case .sameButForWorkers:
      PastedPlanView.Verdict(
        "Same shape but for parallel workers:",
        "without what shares work among processes the plans have the same nodes, relations and indexes in the same order."
      )
    case .differs(let difference):
      PastedPlanView.Verdict("Another shape:", Self.sentence(difference, comparison))
    }
  }

  private static func sentence(
    _ difference: ShapeComparison.FirstDifference, _ comparison: PlanComparison
  ) -> String {
    let before = difference.before.map { Markdown.code(path(to: $0, in: comparison.before)) }
    let after = difference.after.map { Markdown.code(path(to: $0, in: comparison.after)) }
    switch (before, after) {
    case (let before?, let after?):
      return "the plans first differ where \(before) (pasted) became \(after) (captured)."
    case (let before?, nil): return "the captured plan ends where the pasted one goes on with \(before)."
    case (nil, let after?): return "the pasted plan ends where the captured one goes on with \(after)."
    case (nil, nil): return "they differ."
    }
  }

  /// Nodes above one that a path names.
  private static let mostAncestors = 4

  /// `Aggregate → Hash Join → Seq Scan on public.orders o`, from the root or from a few nodes above.
  private static func path(to index: Int, in plan: ExplainedPlan) -> String {
    let above = plan.ancestors(of: index).filter { plan.nodes[$0].type.name != "Hash" }
    let named = above.prefix(mostAncestors).reversed().map { plan.nodes[$0].type.label }
    let rest = above.count > mostAncestors ? ["…"] : []
    return (rest + named + [plan.nodes[index].label]).joined(separator: " → ")
  }

  // MARK: Remarks

  /// What bears on the whole comparison.
  func remarks(_ conditions: ConditionComparison) -> [String] {
    [leftOut, generic(conditions.genericSide), identifiers].compactMap { $0 }.map { Markdown.paragraph([$0]) }
  }

  private var leftOut: String? {
    guard !comparison.leftOut.isEmpty else { return nil }
    let nodes = comparison.leftOut.map { Markdown.code($0.label) }.joined(separator: ", ")
    return
      "Of the pasted plan \(nodes) is left out: the captured plan is that of the SELECT which finds the rows."
  }

  private func generic(_ side: PlanComparison.Side?) -> String? {
    switch side {
    case .before?:
      "The pasted plan shows parameters (`$1`) where the captured one shows values: it is a generic plan, made for any values."
    case .after?:
      "The captured plan shows parameters (`$1`) where the pasted one shows values: it is a generic plan, made for any values."
    case nil: nil
    }
  }

  private var identifiers: String? {
    guard comparison.leftOut.isEmpty, let own = comparison.before.queryIdentifier,
      let other = comparison.after.queryIdentifier
    else { return nil }
    guard own != other else { return "Both plans have the Query Identifier \(Markdown.code(own))." }
    return
      "The Query Identifiers differ (pasted \(Markdown.code(own)), captured \(Markdown.code(other))): they come from two statements, databases or releases."
  }

  // MARK: Gaps

  /// What could not be compared, and why.
  var gaps: [String] { comparison.gaps.map(sentence).map(Markdown.prose) }

  private func sentence(_ gap: PlanComparison.Gap) -> String {
    switch gap {
    case .notPrinted(let missing, let sides): "\(Self.name(missing)): \(Self.reason(missing, sides))."
    case .estimatesPerLoop(1):
      "Estimated rows of 1 node: in one plan they are those of one process, or for each row of another input, and not in the other."
    case .estimatesPerLoop(let count):
      "Estimated rows of \(count) nodes: in one plan they are those of one process, or for each row of another input, and not in the other."
    case .executionTimeOfStatement:
      "Execution Time: that of the pasted plan has the work in it that is left out here. The time of the topmost node that both plans have stands in its place."
    }
  }

  private static func name(_ missing: PlanComparison.Missing) -> String {
    switch missing {
    case .actualFigures: "Actual rows, times and pages"
    case .times: "Times of nodes"
    case .costs: "Costs and estimated rows"
    case .buffers: "Pages"
    case .settings: "Settings"
    }
  }

  private static func reason(_ missing: PlanComparison.Missing, _ sides: [PlanComparison.Side]) -> String {
    let plans =
      switch sides {
      case [.before]: "the pasted plan"
      case [.after]: "the captured plan"
      default: "each of the plans"
      }
    return switch missing {
    case .actualFigures: "\(plans) was made without ANALYZE"
    case .times: "\(plans) was made with TIMING OFF, or on an engine that prints none"
    case .costs: "\(plans) was made with COSTS OFF"
    case .buffers: "\(plans) was made without BUFFERS, or touched no page"
    case .settings:
      "\(plans) prints none: it was made without SETTINGS, or no setting of the planner had another value than its built-in default"
    }
  }
}
