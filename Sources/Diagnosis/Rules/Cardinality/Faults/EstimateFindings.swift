import Catalog
import PlanModel

/// The findings of one kind of fault: one for each subject, with its costliest misestimate.
struct EstimateFindings<Fault: EstimateFault> {
  /// Share of the execution that must have rested on the estimate.
  static var leastShare: Double { 0.05 }

  let query: DiagnosticCase

  init(_ query: DiagnosticCase) { self.query = query }

  /// What a rule answers.
  var outcome: RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let found = query.diagnosedEstimates.filter { $0.fault is Fault }
    guard found.isEmpty else {
      return .examined(found.grouped { $0.fault?.subject ?? "" }.compactMap(finding))
    }
    let isUnknown = query.evidence.relations.isEmpty && !query.diagnosedEstimates.isEmpty
    return isUnknown ? .notExamined(.noStatistics) : .examined([])
  }

  private func finding(for estimates: [DiagnosedEstimate]) -> Finding? {
    let costs = estimates.map { (estimate: $0, impact: query.impact(of: $0.misestimate)) }
    guard let (worst, impact) = costs.max(by: { $0.impact.share < $1.impact.share }), let fault = worst.fault,
      impact.share >= Self.leastShare
    else { return nil }
    let label = query.label(of: worst.misestimate.node)
    let remedies = remedies(fault, worst.misestimate, impact)
    return Finding(
      rule: fault.rule, title: fault.title(Words.ratio(worst.misestimate.error)),
      blamedNodes: worst.misestimate.costlyNodes, impact: impact, observations: fault.observations,
      comparisons: estimates.map { comparison($0.misestimate) }, measurements: fault.measurements,
      cause: Cause(explanation(worst), basis: fault.basis, falsifier: fault.falsifier(label)),
      remedies: remedies, noRemedy: remedies.isEmpty ? fault.noRemedy(for: query.engine) : nil,
      key: fault.key)
  }

  private func comparison(_ misestimate: Misestimate) -> Comparison {
    Comparison(
      "Rows of \(query.label(of: misestimate.node))", estimated: misestimate.estimated,
      actual: misestimate.actual)
  }

  private func explanation(_ estimate: DiagnosedEstimate) -> [String] {
    let misestimate = estimate.misestimate
    let expected = """
      The planner expected \(Words.counted(misestimate.estimated, "row")) from \
      \(query.label(of: misestimate.node)); there were \(Words.count(misestimate.actual)) (\(misestimate.source)).
      """
    return [expected] + estimate.arithmetic + [misestimate.consequence].compactMap { $0 }
  }

  // MARK: Remedies

  private func remedies(_ fault: any EstimateFault, _ misestimate: Misestimate, _ impact: Impact) -> [Remedy]
  {
    let remedies = fault.remedies(for: query.engine, expectation(misestimate, impact))
    guard !remedies.contains(where: \.hasStatement) else { return remedies }
    return remedies + [LoopSetting(misestimate, in: query)?.remedy(impact)].compactMap { $0 }
  }

  private func expectation(_ misestimate: Misestimate, _ impact: Impact) -> ExpectedImpact {
    let source = """
      the time of the plan's part that rested on the wrong estimate; the right one is \
      \(Words.counted(misestimate.actual, "row")); not tried: it would have to write
      """
    return impact.milliseconds.map { .computed(upTo: $0, from: source) }
      ?? .computedCost(upToShare: impact.share, from: source)
  }
}

extension Remedy {
  /// There is something to paste.
  var hasStatement: Bool {
    switch action {
    case .changeStatement, .reportBug: false
    default: true
    }
  }
}

extension RuleOutcome {
  /// What two looks at the same case found.
  func and(_ other: RuleOutcome) -> RuleOutcome {
    switch (self, other) {
    case (.examined(let first), .examined(let second)): .examined(first + second)
    case (.examined(let found), .notExamined) where !found.isEmpty: self
    case (.notExamined, .examined(let found)) where !found.isEmpty: other
    case (.notExamined, _): self
    case (_, .notExamined): other
    }
  }
}

extension EvidenceGap {
  /// Without the catalog no cause of a wrong estimate can be told.
  static let noStatistics = EvidenceGap(
    missing: "statistics and counts of the columns behind a wrong row estimate",
    reason: "no catalog evidence was given")
}

extension DiagnosticCase {
  /// The time of what rested on an estimate.
  func impact(of misestimate: Misestimate) -> Impact {
    misestimate.cost?.isWhole == true
      ? impact(ofWallTimeOf: misestimate.costlyNodes) : impact(ofOwnTimeOf: misestimate.costlyNodes)
  }
}
