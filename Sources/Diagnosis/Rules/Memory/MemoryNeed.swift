import Catalog
import PlanModel

/// The memory that one sort, hash table or hashed aggregate would have needed to stay off the disk, and what
/// `work_mem` has to be for it.
struct MemoryNeed {
  /// No trial and no advice asks for more, over all nodes and processes (experiments.md: 1 GB).
  static let largestTotalBytes = 1_073_741_824.0

  /// Bytes that one such structure needs.
  var bytes: Double
  /// How many times `work_mem` it may take: once for a sort, `hash_mem_multiplier` times for a hash table, and
  /// that for each process that shares it.
  var allowance: Double
  /// Processes that have a structure of their own.
  var holders: Double

  /// The next power of two megabytes that is enough.
  var workMemKilobytes: Int {
    var kilobytes = 1_024
    while Double(kilobytes) * 1_024 * allowance < bytes, kilobytes < 1 << 30 { kilobytes *= 2 }
    return kilobytes
  }

  /// As SET takes it.
  var workMemLabel: String { "\(workMemKilobytes / 1_024)MB" }

  /// How many times `work_mem` all structures of this node may take together.
  var weight: Double { allowance * holders }
}

extension DiagnosticCase {
  /// How many times `work_mem` a hash table may take; before release 15 the default was 1, and where the
  /// value was not seen so much is not counted on.
  var hashMemMultiplier: Double { number(ofSetting: "hash_mem_multiplier") ?? 1 }

  /// What every node needs that went to disk. A node that fits today takes no more when more is allowed.
  var spilledNeeds: [MemoryNeed] {
    plan.nodes.indices.compactMap { node in
      SpilledSort(node: node, in: self)?.need ?? SpilledHash(node: node, in: self)?.need
        ?? SpilledAggregate(node: node, in: self)?.need
    }
  }

  /// Whether all nodes that spill may have so much `work_mem` within 1 GB.
  func fitsCap(_ need: MemoryNeed) -> Bool {
    let weight = max(spilledNeeds.map(\.weight).reduce(0, +), need.weight)
    return Double(need.workMemKilobytes) * 1_024 * weight <= MemoryNeed.largestTotalBytes
  }

  /// The misestimate that sized this input, as other rules name it; `nil` where its estimate was good enough.
  func underestimate(of input: Int) -> ProblemKey? {
    guard error(of: input) >= EstimationError.leastError, rows(of: input) > planRows(of: input),
      let origin = plan.originsOfError(errors)[input]
    else { return nil }
    return ProblemKey(EstimationError.name, "\(origin)")
  }
}
