import PlanModel

/// Replaces the hope behind a `work_mem` remedy by what its experiment measured.
struct WorkMemTrial {
  let table: ExperimentTable
  let baseline: Double

  /// A gain smaller than this share of the baseline is noise between two runs.
  static let leastGain = 0.05

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
    guard let best = runs.filter({ !$0.spills }).min(by: { $0.kilobytes < $1.kilobytes }) ?? fastest(runs)
    else {
      return finding
    }
    var finding = finding
    if best.time < baseline * (1 - Self.leastGain) {
      finding.remedies[position].action = .setWorkMem(kilobytes: best.kilobytes)
      finding.remedies[position].expectation = .measured(
        before: baseline, after: best.time, how: "GUC experiment “\(best.name)”, better of two warm runs each"
      )
    } else {
      finding.remedies.remove(at: position)
      finding.noRemedy = """
        More memory was tried and does not help: with \(best.name) the query took \
        \(Words.milliseconds(best.time)), without \(Words.milliseconds(baseline)) (warm runs).
        """
    }
    return finding
  }

  private func fastest(_ runs: [Run]) -> Run? { runs.min { $0.time < $1.time } }

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
