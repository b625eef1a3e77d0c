import Catalog
import PlanModel

/// Finds statements on Aurora DSQL that pay mostly for what they read.
///
/// ## Why it matters
/// Read DPU counts the bytes that storage scans. A storage filter saves sending them, not reading them: only a
/// narrower range or a narrower index reads less.
///
/// ## Formula
/// Read / Total of the Statement DPU Estimate. The scan that reads most rows in storage stands for it; impact is its
/// own time.
///
/// ## Thresholds
/// - Read over 60% of Total (plan-math.md, "DPU share")
/// - above the transaction minimum, where one is printed: under it nothing is saved
///
/// ## Silent when
/// Another component dominates, or the server prints no DPU.
///
/// ## Remedies
/// Those of the finding on that scan, of which this one is the consequence; alone it advises nothing.
///
/// ## Known limits
/// DPU are never turned into a price.
public struct ReadDPUDominates: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "ReadDPUDominates"
  /// Share of the total (plan-math.md).
  static let leastShare = 0.6

  /// The rule has no settings.
  public init() {}

  /// Looks at the DPU estimate.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard let dpu = query.plan.dpu, let read = dpu.read, let total = dpu.total, total > 0 else {
      return .examined([])
    }
    let isMinimum = dpu.transactionMinimums.contains { $0.key.name == "Read" }
    guard read > Self.leastShare * total, !isMinimum, let scan = largestRead(in: query) else {
      return .examined([])
    }
    return .examined([finding(scan, read: read, total: total, in: query)])
  }

  /// The scan that reads most rows in storage.
  private func largestRead(in query: DiagnosticCase) -> Int? {
    let scans = query.plan.nodes.indices.filter { node in
      query.children[node].contains { query.plan.nodes[$0].type.isStorageNode }
    }
    return scans.max { rowsRead(by: $0, in: query) < rowsRead(by: $1, in: query) }
  }

  private func rowsRead(by scan: Int, in query: DiagnosticCase) -> Double {
    let storage = query.plan.subtree(of: scan).filter { query.plan.nodes[$0].type.isStorageNode }
    return storage.map { query.totalRows(of: $0) }.max() ?? 0
  }

  private func finding(_ scan: Int, read: Double, total: Double, in query: DiagnosticCase) -> Finding {
    let scanned = rowsRead(by: scan, in: query)
    return Finding(
      rule: Self.name, title: "Reading takes \(Words.percent(read / total)) of the DPU", blamedNodes: [scan],
      impact: query.impact(ofOwnTimeOf: [scan]),
      observations: [
        "\(query.label(of: scan)) read \(Words.about(scanned)) rows in storage and returned \(Words.about(query.totalRows(of: scan)))."
      ],
      measurements: [
        Measurement("Read", read, unit: "DPU", source: "Statement DPU Estimate"),
        Measurement("Total", total, unit: "DPU", source: "Statement DPU Estimate"),
      ],
      cause: Cause(
        ["Read DPU counts the bytes that are scanned, those that a storage filter discards included."],
        basis: .inferredFromPlan, falsifier: "a statement that scans fewer rows pays as much for reading"),
      noRemedy: "A narrower range, or an index with the needed columns only, reads fewer bytes.",
      explainedBy: FilteredScan(node: scan, in: query).map {
        ProblemKey(FullScanFilterWaste.name, $0.target.description)
      }, key: ProblemKey(Self.name, "\(scan)"))
  }
}
