import Catalog
import PlanModel

/// Finds reads of whole tables for which an index exists that is not valid.
///
/// ## Why it matters
/// A CREATE INDEX CONCURRENTLY that failed or was cancelled leaves its index behind: every write maintains it, no
/// query uses it. On Aurora DSQL an index serves nothing until its job is done.
///
/// ## Formula
/// A full scan that discards most of its rows (FullScanFilterWaste), or an input that a join reads in full to use
/// few of its rows (UnindexedInner), where an index with the wanted keys has `pg_index.indisvalid` false. Impact
/// is that of the scan or of the join's input.
///
/// ## Thresholds
/// Those of FullScanFilterWaste and UnindexedInner.
///
/// ## Silent when
/// Another valid index serves, or nothing in the plan could use the invalid one.
///
/// ## Remedies
/// REINDEX INDEX CONCURRENTLY, unless a build is under way; on Aurora DSQL waiting for the job. Not tried: it
/// writes.
///
/// ## Known limits
/// Whether a build is under way is not in the evidence: `pg_stat_progress_create_index` tells.
public struct InvalidIndex: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "InvalidIndex"

  /// The rule has no settings.
  public init() {}

  /// Looks at every full scan and every join input that is read in full.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let scans = FullScanFilterWaste.wastefulScans(in: query)
    guard query.plan.isAnalyzed || !scans.isEmpty else { return .notExamined(.notAnalyzed) }
    let filtered = scans.compactMap { scan -> UnusableIndex? in
      let impact = query.impact(ofOwnTimeOf: scan.nodes)
      guard impact.share >= FullScanFilterWaste.leastShare,
        let index = ScanAdvice(scan: scan, impact: impact, query: query).invalidIndex
      else { return nil }
      return UnusableIndex(index: index, table: scan.table, nodes: scan.nodes, impact: impact)
    }
    return .examined((filtered + joined(in: query)).grouped(by: \.name).map { finding($0[0], in: query) })
  }

  private func joined(in query: DiagnosticCase) -> [UnusableIndex] {
    guard query.plan.isAnalyzed else { return [] }
    let inputs = query.plan.nodes.indices.filter(query.isFullRead).compactMap {
      JoinInput(scan: $0, in: query)
    }
    return inputs.compactMap { input in
      guard case .invalid(let index) = input.verdict, input.impact.share >= UnindexedInner.leastShare else {
        return nil
      }
      return UnusableIndex(
        index: index, table: input.table, nodes: input.blamedNodes, impact: input.impact)
    }
  }

  private func finding(_ found: UnusableIndex, in query: DiagnosticCase) -> Finding {
    let waits = !query.engine.hasTableMaintenance
    return Finding(
      rule: Self.name,
      title: "\(found.table.quoted) is read in full: its index \(found.index.words) is not valid",
      blamedNodes: found.nodes, impact: found.impact,
      observations: found.nodes.map { "\(query.label(of: $0)) ran where the index would have served." },
      cause: Cause(
        [
          """
          \(found.index.words) has the wanted keys, but pg_index.indisvalid is false: its build failed or was \
          cancelled, or is not done yet.
          """
        ], basis: .supportedByCatalog, falsifier: "pg_index.indisvalid of \(found.index.name) is true"),
      remedies: waits ? [] : [remedy(found)],
      noRemedy: waits
        ? "Wait until the job that builds it is done (`sys.jobs`); if it failed, drop the index and build it again."
        : nil,
      key: ProblemKey(Self.name, found.name.label))
  }

  private func remedy(_ found: UnusableIndex) -> Remedy {
    let source = "the time in the captured plan of what the index replaces; not tried: it writes"
    return Remedy(
      .rebuildIndex(found.name),
      rationale: "Built anew, \(found.index.name) serves this query as it was meant to.",
      caveats: [
        "If a build is under way (`SELECT * FROM pg_stat_progress_create_index`), wait for its end instead.",
        "Every write maintains the index already; it serves none of them until it is valid.",
      ],
      expectation: found.impact.milliseconds.map { .computed(upTo: $0, from: source) }
        ?? .computedCost(upToShare: found.impact.share, from: source))
  }
}

/// An index that is not valid, and what was read in full for want of it.
private struct UnusableIndex {
  let index: IndexDefinition
  let table: QualifiedName
  let nodes: [Int]
  let impact: Impact

  var name: QualifiedName { QualifiedName(schema: table.schema, name: index.name) }
}
