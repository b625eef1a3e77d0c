import Catalog
import PlanModel

/// Decides which of two cures of one loss of time comes first, and alone carries the advice: right statistics, or an
/// index that a rule proposes for the same nodes.
struct EstimateLinks {
  /// Right statistics that save nine tenths of the time are the cause, and come first: they cost no index, and the
  /// plan was chosen because of them.
  static let leastSaving = 0.9

  let query: DiagnosticCase

  /// The findings, with the lesser cure linked to the one that saves more.
  func linking(_ findings: [Finding]) -> [Finding] {
    guard findings.contains(where: { $0.indexProposal != nil }) else { return findings }
    return query.diagnosedEstimates.reduce(findings) { linking($0, $1) }
  }

  private func linking(_ findings: [Finding], _ estimate: DiagnosedEstimate) -> [Finding] {
    var findings = findings
    guard let root = findings.firstIndex(where: { $0.key == estimate.key }),
      findings[root].explainedBy == nil,
      let index = findings.indices.first(where: { cures(findings[$0], estimate) })
    else { return findings }
    if savesEnough(estimate, findings[root]) {
      findings[index].explainedBy = findings[root].key
    } else {
      findings[root].explainedBy = findings[index].key
    }
    return findings
  }

  /// A finding that proposes an index for just those nodes that rested on the estimate.
  private func cures(_ finding: Finding, _ estimate: DiagnosedEstimate) -> Bool {
    guard finding.indexProposal != nil, finding.explainedBy == nil, let cost = estimate.misestimate.cost
    else {
      return false
    }
    var nodes = cost.isWhole ? Set(cost.nodes.flatMap { query.plan.subtree(of: $0) }) : Set(cost.nodes)
    // Where the loop itself tests each pair of rows, an index spares that too.
    if case .loop(let join) = cost.kind { nodes.insert(join) }
    return !finding.blamedNodes.isEmpty && nodes.isSuperset(of: finding.blamedNodes)
  }

  private func savesEnough(_ estimate: DiagnosedEstimate, _ finding: Finding) -> Bool {
    guard estimate.fault != nil, finding.remedies.contains(where: \.isOfStatistics) else { return false }
    switch estimate.misestimate.cost?.kind {
    case .loop(let join):
      return query.inputs(of: join).last.map {
        LoopAlternative(join: join, inner: $0, in: query).saving >= Self.leastSaving
      } ?? false
    case .walk: return query.hasIndexForFilter(of: estimate.misestimate.node)
    default: return true
    }
  }

  /// The finding of a wrong estimate whose cure spares the repetitions of an inner side as well as an index on it.
  static func key(ofLoopOver inner: Int, in query: DiagnosticCase) -> ProblemKey? {
    let guilty = query.diagnosedEstimates.first {
      $0.misestimate.cost?.isLoop == true && $0.misestimate.costlyNodes.contains(inner)
    }
    guard let guilty, let fault = guilty.fault, case .loop(let join) = guilty.misestimate.cost?.kind,
      fault.remedies(for: query.engine, .unknown(direction: "", missing: "")).contains(
        where: \.isOfStatistics),
      LoopAlternative(join: join, inner: inner, in: query).saving >= leastSaving
    else { return nil }
    return fault.key
  }
}

extension Remedy {
  /// It puts an estimate right.
  fileprivate var isOfStatistics: Bool {
    switch action {
    case .analyze, .vacuum, .createStatistics, .setStatisticsTarget, .setDistinctValues, .setFunctionRows:
      true
    case .set(let settings): settings.contains { $0.name == "plan_cache_mode" }
    default: false
    }
  }
}

extension DiagnosticCase {
  /// A valid index other than the one that a scan walks leads with a column that its filter fixes.
  func hasIndexForFilter(of scan: Int) -> Bool {
    let fixed = scanPredicates(of: scan).filter { $0.use.isLookup && !$0.dependsOnOuter }.compactMap(\.column)
    return (relation(of: scan)?.indexes ?? []).contains { index in
      index.isValid && index.predicate == nil && index.name != plan.nodes[scan].indexName
        && index.leadingColumns.first.map(fixed.contains) ?? false
    }
  }
}
