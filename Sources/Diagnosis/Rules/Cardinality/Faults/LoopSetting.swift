import PlanModel

/// Keeps the planner from nested loops for a session: what is left where no statistics can tell it better.
struct LoopSetting {
  let join: String

  /// `nil` where what rested on the estimate is no nested loop, and where the engine takes no such setting.
  init?(_ misestimate: Misestimate, in query: DiagnosticCase) {
    guard case .loop(let join) = misestimate.cost?.kind,
      query.engine.settableSettings?.contains("enable_nestloop") ?? true
    else { return nil }
    self.join = query.label(of: join)
  }

  func remedy(_ impact: Impact) -> Remedy {
    let source = "the time of the inner side, which another join would read once; not tried yet"
    return Remedy(
      .set([SessionSetting("enable_nestloop", "off")]),
      rationale:
        "Without nested loops the planner has to join by hashing or merging, which reads the inner side once.",
      caveats: [
        "It stands in for an estimate that cannot be put right: every other nested loop of the session is gone as well. Set it for this statement alone, and reset it."
      ],
      expectation: impact.milliseconds.map { .computed(upTo: $0, from: source) }
        ?? .computedCost(upToShare: impact.share, from: source))
  }
}
