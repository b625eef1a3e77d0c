import PlanModel

extension Finding {
  /// Stale statistics whose cost is a nested loop that ran too often: a right estimate would have chosen
  /// another join, which an experiment can run without writing.
  public func isAmplifiedLoop(in plan: ExplainedPlan) -> Bool {
    guard rule == StaleStatistics.name else { return false }
    return blamedNodes.contains { plan.nodes[$0].parent.map { plan.nodes[$0].type.isNestedLoop } ?? false }
  }
}

/// Judges `ANALYZE`, which writes and is not run, by the experiment nearest to the plan that right estimates
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
    guard finding.isAmplifiedLoop(in: plan), !finding.remedies.isEmpty, let best = fastestWithoutLoops else {
      return finding
    }
    var finding = finding
    if best.time < baseline * (1 - Self.leastGain) {
      finding.remedies[0].expectation = .computed(
        upTo: baseline - best.time,
        from: """
          GUC experiment “\(best.name)”, the variant nearest to the plan that right estimates lead to: \
          \(Words.milliseconds(baseline)) → \(Words.milliseconds(best.time)); ANALYZE itself was not run: it writes
          """)
    } else if hasOneLoop {
      finding.remedies = []
      finding.impact = Impact(milliseconds: finding.impact.milliseconds.map { _ in 0 }, share: 0)
      finding.noRemedy = """
        ANALYZE is not advised for this query's sake: without the nested loop (\(best.name)) it took \
        \(Words.milliseconds(best.time)), with it \(Words.milliseconds(baseline)).
        """
    }
    return finding
  }

  /// With several nested loops, variants that forbid all of them prove nothing about one.
  private var hasOneLoop: Bool { plan.nodes.count { $0.type.isNestedLoop } == 1 }

  private var fastestWithoutLoops: (name: String, time: Double)? {
    let runs = table.variants.compactMap { variant -> (name: String, time: Double)? in
      guard let plan = variant.plan, let time = plan.executionTime,
        !plan.nodes.contains(where: \.type.isNestedLoop)
      else { return nil }
      return (variant.name, time)
    }
    return runs.min { $0.time < $1.time }
  }
}
