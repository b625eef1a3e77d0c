import PlanModel

/// Replaces the hope behind a `work_mem` remedy by what its experiment measured.
struct WorkMemTrial {
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
    guard let position = finding.remedies.firstIndex(where: \.isWorkMem) else { return finding }
    let runs = table.variants.compactMap(Run.init)
    guard let best = smallestThatIsFast(runs) else { return finding }
    var finding = finding
    if best.time < baseline * (1 - Self.leastGain) {
      finding.remedies[position].action = .setWorkMem(kilobytes: best.kilobytes)
      finding.remedies[position].expectation = .measured(
        before: baseline, after: best.time, how: "GUC experiment “\(best.name)”, better of two warm runs each"
      )
    } else {
      finding.remedies.remove(at: position)
      // What more memory can save was measured: nothing that stands out of the noise.
      finding.impact = Impact(milliseconds: finding.impact.milliseconds.map { _ in 0 }, share: 0)
      finding.noRemedy = """
        More memory was tried and does not help: with \(best.name) the query took \
        \(Words.milliseconds(best.time)), without \(Words.milliseconds(baseline)) (warm runs).
        """
    }
    return finding
  }

  /// Memory is shared with every other session: the least that is as fast as more, within the noise.
  private func smallestThatIsFast(_ runs: [Run]) -> Run? {
    let inMemory = runs.contains { !$0.spills } ? runs.filter { !$0.spills } : runs
    guard let fastest = inMemory.map(\.time).min() else { return nil }
    let fast = inMemory.filter { $0.time <= fastest * (1 + Self.noise) }
    return fast.min { $0.kilobytes < $1.kilobytes }
  }

  /// One completed run with more memory.
  private struct Run {
    let name: String
    let kilobytes: Int
    let time: Double
    let spills: Bool

    init?(_ variant: ExperimentVariant) {
      guard let setting = variant.settings.first(where: { $0.key.name == "work_mem" }),
        let kilobytes = Int(setting.value.prefix { $0.isNumber }), let plan = variant.plan,
        let time = plan.executionTime
      else { return nil }
      self.name = variant.name
      self.kilobytes = kilobytes
      self.time = time
      self.spills = plan.nodes.contains { node in
        ([node.sort] + node.workers.map(\.sort)).contains { $0?.isOnDisk ?? false }
      }
    }
  }
}

extension Remedy {
  var isWorkMem: Bool { if case .setWorkMem = action { true } else { false } }
}
