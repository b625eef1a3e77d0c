import Diagnosis

/// What the runs of an experiment say: cold against warm, the clock's cost, the verdict, what was left out.
struct ExperimentRemarks {
  private let table: ExperimentTable

  init(_ table: ExperimentTable) { self.table = table }

  /// Runs that differ by less than this factor are called equal: caches and neighbours move times that much.
  static let noise = 1.1

  var lines: [String] {
    [caches, overhead].compactMap { $0 } + verdicts
      + table.untried.map { "Not tried: \(Markdown.prose($0))." }
  }

  private var warm: Double? { table.baseline?.plan?.executionTime }

  private var caches: String? {
    guard let cold = table.capturedTime, let warm else { return nil }
    return
      "The captured run took \(Figure.milliseconds(cold)), with caches as they were found; the baseline above is a later, warm run of \(Figure.milliseconds(warm)). Variants are compared with the warm run only."
  }

  private var overhead: String? {
    guard let untimed = table.untimedExecution, let warm, untimed > 0 else { return nil }
    guard warm > untimed else {
      return
        "What per-node timing costs could not be told from noise: the run without it took \(Figure.milliseconds(untimed))."
    }
    return
      "Per-node timing costs \(Figure.milliseconds(warm - untimed)) of the baseline: without it the statement takes \(Figure.milliseconds(untimed))."
  }

  private var verdicts: [String] {
    guard let warm else { return [] }
    let shape = table.baseline?.plan?.shape
    return table.variants.dropFirst().compactMap { Self.verdict($0, warm: warm, baselineShape: shape) }
  }

  private static func verdict(_ variant: ExperimentVariant, warm: Double, baselineShape: String?) -> String? {
    let name = "**\(Markdown.prose(variant.name)):**"
    switch variant.outcome {
    case .failed: return "\(name) failed, so it is not compared."
    case .slowerThan:
      return "\(name) was stopped as slower than the baseline: the planner's original choice was right."
    case .completed(let plan):
      guard let time = plan.executionTime else { return nil }
      let isSamePlan = plan.shape == baselineShape
      return "\(name) \(speed(time, warm))\(conclusion(variant, time, warm, isSamePlan: isSamePlan))"
    }
  }

  private static func speed(_ time: Double, _ warm: Double) -> String {
    if time * noise < warm { return "\(Figure.ratio(warm / max(time, 0.001))) faster than the baseline" }
    if time > warm * noise { return "\(Figure.ratio(time / max(warm, 0.001))) slower than the baseline" }
    return "as fast as the baseline, within \(Figure.percent(noise - 1))"
  }

  /// What a run says about the planner's choice: nothing where the plan is the same, or where memory and
  /// not a method was changed.
  private static func conclusion(
    _ variant: ExperimentVariant, _ time: Double, _ warm: Double, isSamePlan: Bool
  ) -> String {
    guard variant.settings.allSatisfy({ $0.key.name.hasPrefix("enable_") }) else { return "." }
    if isSamePlan { return ", with the same plan: the difference says nothing about the planner's choice." }
    if time * noise < warm {
      return
        ": the cost model chose suboptimally here. The row estimates named under Findings are where to look for the reason."
    }
    return time > warm * noise
      ? ": the planner's original choice was right." : ": the join method is not what costs time."
  }
}
