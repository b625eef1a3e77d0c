import Catalog

/// Finds findings that one index serves, so that no index is advised beside one that starts with its keys.
enum SharedIndexes {
  /// The findings, those whose index another one's includes linked to that one.
  static func linking(_ findings: [Finding]) -> [Finding] {
    findings.indices.map { index in
      guard findings[index].explainedBy == nil else { return findings[index] }
      var finding = findings[index]
      finding.explainedBy =
        host(of: index, among: findings).map { findings[$0].key }
        ?? findings.first { spares($0, finding) }?.key
      return finding
    }
  }

  /// What has nothing left to do when an index gives the order: a spill of that sort, lookups of its rows.
  private static let spared: Set<RuleName> = [SortSpill.name, NonCoveringLookup.name, HighLoopLookups.name]

  private static func spares(_ cause: Finding, _ finding: Finding) -> Bool {
    cause.rule == SortAvoidable.name && spared.contains(finding.rule)
      && finding.blamedNodes.allSatisfy(cause.blamedNodes.contains)
  }

  /// The finding with the longest index that includes this one's; of equal indexes the first of the costliest.
  private static func host(of index: Int, among findings: [Finding]) -> Int? {
    let hosts = findings.indices.filter { other in
      findings[other].explainedBy == nil && includes(findings[other], findings[index])
    }
    let best = hosts.max { stands($1, before: $0, findings) }
    return best == index ? nil : best
  }

  private static func stands(_ a: Int, before b: Int, _ findings: [Finding]) -> Bool {
    let (first, second) = (findings[a], findings[b])
    let lengths = (first.indexProposal?.keys.count ?? 0, second.indexProposal?.keys.count ?? 0)
    if lengths.0 != lengths.1 { return lengths.0 > lengths.1 }
    return first.impact.share == second.impact.share ? a < b : first.impact.share > second.impact.share
  }

  private static func includes(_ host: Finding, _ guest: Finding) -> Bool {
    guard let large = host.indexProposal, let small = guest.indexProposal, large.table == small.table,
      large.method == small.method, large.predicate == nil || large.predicate == small.predicate
    else { return false }
    return large.keys.starts(with: small.keys)
      && small.includedColumns.allSatisfy(large.includedColumns.contains)
  }
}

extension Finding {
  /// The index that is advised, where one is.
  var indexProposal: IndexProposal? {
    remedies.lazy.compactMap { remedy -> IndexProposal? in
      if case .createIndex(let proposal) = remedy.action { proposal } else { nil }
    }.first
  }
}
