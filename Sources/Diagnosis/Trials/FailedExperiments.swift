import PlanModel

/// Experiments that the server refused, each as a finding with the error verbatim.
enum FailedExperiments {
  static let name: RuleName = "GUCExperimentFailed"

  static func findings(in section: ExperimentSection) -> [Finding] {
    guard case .done(let table) = section else { return [] }
    return table.variants.compactMap { variant in
      guard case .failed(let message) = variant.outcome else { return nil }
      return finding(variant, message)
    }
  }

  private static func finding(_ variant: ExperimentVariant, _ message: String) -> Finding {
    Finding(
      rule: name, title: "GUC experiment failed: \(variant.name)", appliesTo: .gucExperiment, blamedNodes: [],
      impact: .none, observations: ["The server answered: \(message)"],
      cause: Cause(
        ["The server's own words are above; no cause is added to them."], basis: .inferredFromPlan,
        falsifier: "the same variant runs when it is tried again"),
      noRemedy:
        "Nothing is concluded from an experiment that failed; the other variants stand for themselves.",
      key: ProblemKey(name, variant.name))
  }
}
