import PlanModel

/// Replaces the hope behind a remedy that changes settings by what its experiment measured.
struct SettingsTrial {
  let table: ExperimentTable
  let baseline: Double

  /// A gain smaller than this share of the baseline is noise between two runs.
  static let leastGain = 0.05

  /// Two runs of the same plan differ by so much.
  static let noise = 0.1

  /// `nil` when no baseline was measured.
  init?(_ section: ExperimentSection) {
    guard case .done(let table) = section, let baseline = table.baseline?.plan?.executionTime else {
      return nil
    }
    self.table = table
    self.baseline = baseline
  }

  /// The finding with the measured effect, or without the remedy where it did not help.
  func applied(to finding: Finding) -> Finding {
    guard let position = finding.remedies.firstIndex(where: \.action.isOfSettings) else { return finding }
    switch finding.remedies[position].action {
    case .setWorkMem: return judged(finding, position, by: fastEnough(memoryRuns), how: memoryWords)
    case .set(let settings): return judged(finding, position, by: run(with: settings), how: settingsWords)
    default: return finding
    }
  }

  /// One run under other settings.
  private struct Run {
    let name: String
    /// Milliseconds; of a run that was stopped, more than that.
    let time: Double
    var isStopped = false
    var kilobytes: Int?
    var spills = false

    var action: RemedyAction? { kilobytes.map { .setWorkMem(kilobytes: $0) } }
  }

  /// How a run that did not help is told.
  private typealias Verdict = (Run) -> String

  private func judged(
    _ finding: Finding, _ position: Int, by best: Run?, how words: Verdict
  ) -> Finding {
    guard let best else { return finding }
    var finding = finding
    if let fallback = finding.fallback, !bringsMost(of: finding, best) {
      finding.remedies[position] = fallback
      finding.remedies[position].caveats.insert(words(best), at: 0)
    } else if !best.isStopped, best.time < baseline * (1 - Self.leastGain) {
      finding.remedies[position].action = best.action ?? finding.remedies[position].action
      finding.remedies[position].expectation = .measured(
        before: baseline, after: best.time, how: "GUC experiment “\(best.name)”, better of two warm runs each"
      )
      if finding.cause.basis == .unverified { finding.prove(saving: (baseline - best.time) / baseline) }
    } else {
      finding.remedies.remove(at: position)
      // What the settings can save was measured: nothing that stands out of the noise.
      finding.impact = Impact(milliseconds: finding.impact.milliseconds.map { _ in 0 }, share: 0)
      finding.noRemedy = words(best)
    }
    return finding
  }

  /// An index is kept for ever: it must promise a third more than what the settings were measured to save.
  private static let mostOfImpact = 0.75

  /// Whether a run saves most of what the finding says is at stake.
  private func bringsMost(of finding: Finding, _ run: Run) -> Bool {
    !run.isStopped && (baseline - run.time) / baseline >= finding.impact.share * Self.mostOfImpact
  }

  private func memoryWords(_ run: Run) -> String {
    "More memory was tried and \(run.time < baseline * (1 - Self.leastGain) ? "helps less" : "does not help"): \(figures(run))"
  }

  private func settingsWords(_ run: Run) -> String {
    "\(run.name) was tried and does not help: \(figures(run))"
  }

  private func figures(_ run: Run) -> String {
    """
    with \(run.name) the query took \(run.isStopped ? "more than " : "")\
    \(Words.milliseconds(run.time)), without \(Words.milliseconds(baseline)) (warm runs).
    """
  }

  // MARK: Runs

  /// The run with exactly these settings; `nil` where it was not made, or failed.
  private func run(with settings: [SessionSetting]) -> Run? {
    let wanted = settings.map { PlanProperty(PropertyKey($0.name), $0.value) }
    guard let variant = table.variants.first(where: { $0.settings == wanted && !wanted.isEmpty }) else {
      return nil
    }
    switch variant.outcome {
    case .completed(let plan): return plan.executionTime.map { Run(name: variant.name, time: $0) }
    case .slowerThan(let time): return Run(name: variant.name, time: time, isStopped: true)
    case .failed: return nil
    }
  }

  private var memoryRuns: [Run] {
    table.variants.compactMap { variant in
      guard let kilobytes = variant.workMem, let plan = variant.plan, let time = plan.executionTime else {
        return nil
      }
      return Run(name: variant.name, time: time, kilobytes: kilobytes, spills: plan.hasSpilled)
    }
  }

  /// Memory is shared with every other session: the least that is as fast as more, within the noise.
  private func fastEnough(_ runs: [Run]) -> Run? {
    let inMemory = runs.contains { !$0.spills } ? runs.filter { !$0.spills } : runs
    guard let fastest = inMemory.map(\.time).min() else { return nil }
    let fast = inMemory.filter { $0.time <= fastest * (1 + Self.noise) }
    return fast.min { ($0.kilobytes ?? 0) < ($1.kilobytes ?? 0) }
  }
}

extension Finding {
  /// What nothing but the experiment shows weighs as much as the experiment saves.
  fileprivate mutating func prove(saving share: Double) {
    cause.basis = .provenByTrial
    cause.check = nil
    let part = min(share / max(impact.share, 1e-9), 1)
    impact = Impact(milliseconds: impact.milliseconds.map { $0 * part }, share: impact.share * part)
  }
}

extension ExperimentVariant {
  /// The `work_mem` of a variant that sets nothing else, in kilobytes.
  public var workMem: Int? {
    guard settings.count == 1, settings[0].key.name == "work_mem" else { return nil }
    return Int(settings[0].value.prefix { $0.isNumber })
  }
}

extension ExplainedPlan {
  /// Whether a sort, a hash table or an aggregate went to disk, in any process.
  public var hasSpilled: Bool {
    nodes.contains { node in
      let sorts = [node.sort] + node.workers.map(\.sort)
      let hashes = [node.hash] + node.workers.map(\.hash)
      return sorts.contains { $0?.isOnDisk ?? false } || hashes.contains { $0?.isOnDisk ?? false }
    }
  }
}

extension HashUsage {
  fileprivate var isOnDisk: Bool { (batches ?? 1) > 1 || (diskUsage ?? 0) > 0 }
}

extension RemedyAction {
  /// Whether the remedy changes settings of the session, which an experiment can do.
  var isOfSettings: Bool {
    switch self {
    case .set, .setWorkMem: true
    default: false
    }
  }
}
