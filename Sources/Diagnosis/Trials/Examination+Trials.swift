import PlanModel

extension Examination {
  /// The findings with what trials measured in the place of what rules hoped.
  public func afterTrials(_ section: ExperimentSection, of plan: ExplainedPlan) -> Examination {
    var examination = self
    if let trial = SettingsTrial(section) {
      examination.findings = examination.findings.map(trial.applied)
    }
    if let trial = StatisticsTrial(section, plan: plan) {
      examination.findings = examination.findings.map(trial.applied)
    }
    examination.standAlone(withdrawnSince: self)
    examination.keepMeasured()
    examination.findings += FailedExperiments.findings(in: section)
    return examination
  }

  /// What a withdrawn remedy would have cured as well stands for itself again.
  private mutating func standAlone(withdrawnSince before: Examination) {
    let withdrawn = zip(before.findings, findings).filter { !$0.remedies.isEmpty && $1.remedies.isEmpty }
    let keys = Set(withdrawn.map(\.1.key))
    for index in findings.indices where findings[index].explainedBy.map(keys.contains) ?? false {
      findings[index].explainedBy = nil
    }
  }

  /// A consequence whose own remedy was measured to help stands for itself where its cause has none to offer.
  private mutating func keepMeasured() {
    for index in findings.indices where findings[index].remedies.contains(where: \.isMeasured) {
      let cause = findings.first { $0.key == findings[index].explainedBy }
      if cause?.remedies.isEmpty == true { findings[index].explainedBy = nil }
    }
  }
}

extension Remedy {
  fileprivate var isMeasured: Bool { if case .measured = expectation { true } else { false } }
}
