import PlanModel

extension Finding {
  /// A wrong estimate whose cost is a nested loop that ran too often: a right one would have chosen another
  /// join, which an experiment can run without writing.
  public func isAmplifiedLoop(in plan: ExplainedPlan) -> Bool {
    guard Self.estimateRules.contains(rule) else { return false }
    return blamedNodes.contains { plan.nodes[$0].parent.map { plan.nodes[$0].type.isNestedLoop } ?? false }
  }

  /// Rules that name the cause of a wrong estimate.
  private static let estimateRules: Set<RuleName> = [
    StaleStatistics.name, CorrelatedPredicates.name, Skew.name, WrongNDistinct.name, OpaqueEstimate.name,
    JoinSelectivity.name, EstimationError.name,
  ]
}

/// Judges `ANALYZE` and what else puts statistics right, which writes and is not run, by the experiment nearest to the plan that right estimates
/// would lead to: the same query without nested loops.
struct StatisticsTrial {
  private let table: ExperimentTable
  private let baseline: Double
  private let plan: ExplainedPlan

  /// A gain smaller than this share of the baseline is noise between two runs.
  static let leastGain = 0.1

  /// `nil` when no baseline was measured.
  init?(_ section: ExperimentSection, plan: ExplainedPlan) {
    guard case .done(let table) = section, let baseline = table.baseline?.plan?.executionTime else {
      return nil
    }
    self.table = table
    self.baseline = baseline
    self.plan = plan
  }

  /// The finding with what the experiment shows of its remedy, or without the remedy where another join is
  /// no faster.
  func applied(to finding: Finding) -> Finding {
    guard finding.isAmplifiedLoop(in: plan), let written = finding.remedies.compactMap(\.writes).first,
      let best = fastestWithoutLoops
    else { return finding }
    if best.time < baseline * (1 - Self.leastGain) { return expecting(best, of: finding) }
    return hasOneLoop ? withdrawn(finding, written, best) : finding
  }

  private func expecting(_ best: Run, of finding: Finding) -> Finding {
    var finding = finding
    for position in finding.remedies.indices {
      guard let statement = finding.remedies[position].writes else { continue }
      finding.remedies[position].expectation = .computed(
        upTo: baseline - best.time,
        from: """
          GUC experiment “\(best.name)”, the variant nearest to the plan that right estimates lead to: \
          \(Words.milliseconds(baseline)) → \(Words.milliseconds(best.time)); \(statement) itself was not run: it writes
          """)
    }
    return finding
  }

  private func withdrawn(_ finding: Finding, _ statement: String, _ best: Run) -> Finding {
    var finding = finding
    finding.remedies = []
    finding.impact = Impact(milliseconds: finding.impact.milliseconds.map { _ in 0 }, share: 0)
    finding.noRemedy = """
      \(statement) is not advised for this query's sake: without the nested loop (\(best.name)) it took \
      \(Words.milliseconds(best.time)), with it \(Words.milliseconds(baseline)).
      """
    return finding
  }

  private typealias Run = (name: String, time: Double)

  /// With several nested loops, variants that forbid all of them prove nothing about one.
  private var hasOneLoop: Bool { plan.nodes.count { $0.type.isNestedLoop } == 1 }

  private var fastestWithoutLoops: Run? {
    let runs = table.variants.compactMap { variant -> Run? in
      guard let plan = variant.plan, let time = plan.executionTime,
        !plan.nodes.contains(where: \.type.isNestedLoop)
      else { return nil }
      return (variant.name, time)
    }
    return runs.min { $0.time < $1.time }
  }
}

extension Remedy {
  /// The statement that puts statistics right, which no trial may run; `nil` for other remedies.
  fileprivate var writes: String? {
    switch action {
    case .analyze: "ANALYZE"
    case .createStatistics: "CREATE STATISTICS"
    case .setStatisticsTarget, .setDistinctValues: "ALTER TABLE"
    case .setFunctionRows: "ALTER FUNCTION"
    default: nil
    }
  }
}
