import Diagnosis

/// Compares what a finding promised with what happened.
struct PredictionCheck {
  /// `Yes — …`, `No — only …, investigating`, or why there is nothing to compare.
  var sentence: String
  /// The finding about a prediction that was off; `nil` where it held or was not made.
  var missed: RankedFinding?

  /// A prediction holds when the observed saving is within this factor of it.
  static let tolerance = 2.0

  init(_ reassessment: Reassessment) {
    let figures = reassessment.baseline.figures
    let after = reassessment.new.plan.executionTime
    guard let before = figures.executionTime, let after else {
      sentence = "Not comparable — only plans that were run have an Execution Time, and not both were."
      return
    }
    let change = "Execution Time went from \(Figure.milliseconds(before)) to \(Figure.milliseconds(after))"
    guard !reassessment.hasOtherRowCount else {
      sentence = "Not comparable — the result row count changed, so this is not the same work. \(change)."
      return
    }
    guard let finding = Self.applied(reassessment), let predicted = finding.predictedSaving else {
      sentence = "Not comparable — the report predicted no number for this change. \(change)."
      return
    }
    let observed = before - after
    guard !Self.holds(observed: observed, predicted: predicted) else {
      sentence =
        "Yes — Finding \(finding.number) was expected to save \(Self.saving(finding, predicted)); \(change)."
      return
    }
    sentence =
      "No — \(observed < 0 ? "" : "only ")\(Self.saved(observed)), where Finding \(finding.number) was expected to save \(Self.saving(finding, predicted)), investigating."
    missed = Self.finding(finding, predicted, observed, before, reassessment)
    if observed > predicted {
      sentence =
        "No — \(Self.saved(observed)), more than twice what Finding \(finding.number) was expected to save (\(Self.saving(finding, predicted))), investigating."
    }
  }

  static func holds(observed: Double, predicted: Double) -> Bool {
    observed * tolerance >= predicted && observed <= predicted * tolerance
  }

  /// The finding that `--change` names, else the first one with a prediction.
  private static func applied(_ reassessment: Reassessment) -> BaselineFinding? {
    let findings = reassessment.baseline.findings
    if let number = reassessment.change.flatMap(namedFinding) {
      return findings.first { $0.number == number }
    }
    return findings.first { $0.predictedSaving != nil }
  }

  /// The number in `Finding 2 applied`.
  private static func namedFinding(_ change: String) -> Int? {
    let words = change.split(separator: " ")
    guard let index = words.firstIndex(where: { $0.lowercased() == "finding" }), index + 1 < words.count
    else {
      return nil
    }
    return Int(words[index + 1].prefix { $0.isNumber })
  }

  private static func saving(_ finding: BaselineFinding, _ predicted: Double) -> String {
    (finding.isUpperBound ? "up to " : "") + Figure.milliseconds(predicted)
  }

  private static func saved(_ observed: Double) -> String {
    observed < 0
      ? "a slowdown of \(Figure.milliseconds(-observed))" : "\(Figure.milliseconds(observed)) saved"
  }

  private static func finding(
    _ original: BaselineFinding, _ predicted: Double, _ observed: Double, _ before: Double,
    _ reassessment: Reassessment
  ) -> RankedFinding {
    let gap = (observed - predicted).magnitude
    let impact = Impact(milliseconds: gap, share: before > 0 ? gap / before : 0)
    let difference = PlanStructure(reassessment.new.plan).difference(
      from: reassessment.baseline.figures.nodes)
    let finding = Finding(
      rule: "PredictionMissed", title: title(original, predicted, observed), blamedNodes: [0], impact: impact,
      observations: ["Predicted: \(saving(original, predicted)) less. Observed: \(saved(observed))."],
      measurements: [
        Measurement("Execution Time before", before, unit: "ms", source: "the report's Query Information"),
        Measurement("Execution Time after", before - observed, unit: "ms", source: "Execution Time"),
      ],
      cause: Cause(
        [explanation(difference)], basis: .inferredFromPlan,
        falsifier: "both runs found different caches or a different load; capture again and compare"),
      noRemedy: "Run `plandx analyze` again: its trials show what the present plan can gain.",
      key: ProblemKey("PredictionMissed", "Finding \(original.number)"))
    return RankedFinding(number: 0, finding: finding, severity: Severity(share: impact.share))
  }

  private static func title(_ original: BaselineFinding, _ predicted: Double, _ observed: Double) -> String {
    guard observed > 0 else {
      return "Finding \(original.number) was expected to save time, and nothing was saved"
    }
    let factor = max(observed / predicted, predicted / observed)
    return "The expected impact of Finding \(original.number) was off by \(Figure.ratio(factor))"
  }

  private static func explanation(_ difference: String) -> String {
    difference == PlanStructure.same
      ? "The plan has the same nodes as before: the change is not used by this statement, or does not alter how it is run."
      : "Compared with the report's plan, the new one \(difference)."
  }
}
