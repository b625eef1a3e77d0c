import Catalog
import PlanModel

/// Links findings that two different changes would cure: where one statement's missing condition makes existing
/// indexes useless, and where the access path of a repeated sub-plan can be mended by pasting.
struct ScopeLinks {
  /// An access path explains a repeated sub-plan from this part of its time on.
  static let leastPart = 0.5

  let query: DiagnosticCase

  /// The findings, consequences linked to the change that should come first.
  func linking(_ findings: [Finding]) -> [Finding] {
    linkingSubPlans(linkingTenants(findings))
  }

  // MARK: Tenants

  /// With the tenant an index that exists serves: none has to be built.
  private func linkingTenants(_ findings: [Finding]) -> [Finding] {
    let scopes = findings.filter { $0.rule == TenantScopeMissing.name && hasIndex($0) }
    return findings.map { finding in
      guard finding.explainedBy == nil, finding.indexProposal != nil,
        let scope = scopes.first(where: { !Set($0.blamedNodes).isDisjoint(with: finding.blamedNodes) })
      else { return finding }
      var finding = finding
      finding.explainedBy = scope.key
      return finding
    }
  }

  /// Whether an index of the table begins with the tenant and goes on with a column by which it is joined.
  private func hasIndex(_ finding: Finding) -> Bool {
    let links = ColumnLinks(query)
    return TenantScope.all(in: query, links).contains { scope in
      scope.unscoped.contains { carrier in
        finding.blamedNodes.contains(carrier.scan)
          && (carrier.relation.indexes ?? []).contains { index in
            let columns = index.leadingColumns
            return index.isValid && index.predicate == nil && columns.count > 1 && columns[0] == scope.column
              && links.tied(carrier.label).contains(columns[1])
          }
      }
    }
  }

  // MARK: Sub-plans

  private func linkingSubPlans(_ findings: [Finding]) -> [Finding] {
    findings.map { finding in
      guard finding.rule == RepeatedSubPlan.name, finding.explainedBy == nil,
        let cause = findings.first(where: { mends(finding, $0) })
      else { return finding }
      var finding = finding
      finding.explainedBy = cause.key
      return finding
    }
  }

  /// A statement to paste that cures what takes most of the sub-plan's time. Where its runs read rows of a table
  /// again and again, reading them once in a join is worth more than any index.
  private func mends(_ subPlan: Finding, _ finding: Finding) -> Bool {
    let inside = Set(subPlan.blamedNodes.flatMap { query.plan.subtree(of: $0) })
    return finding.rule != subPlan.rule && finding.explainedBy == nil && !finding.blamedNodes.isEmpty
      && inside.isSuperset(of: finding.blamedNodes)
      && finding.remedies.contains(where: \.action.mendsAccess)
      && finding.impact.share >= Self.leastPart * subPlan.impact.share
      && inside.allSatisfy { readsOnce($0, beside: inside) }
  }

  private func readsOnce(_ node: Int, beside nodes: Set<Int>) -> Bool {
    guard let table = query.relation(of: node), let rows = table.bestRowCount,
      !query.plan.nodes[node].type.isBitmapBuilder
    else { return true }
    let scans = nodes.filter {
      query.relation(of: $0)?.name == table.name && !query.plan.nodes[$0].type.isBitmapBuilder
    }
    return scans.map { query.totalRows(of: $0) + query.totalRowsRemoved(by: $0) }.reduce(0, +) <= rows
  }
}

extension RemedyAction {
  /// Whether it changes how rows of a table are found, and nothing else.
  fileprivate var mendsAccess: Bool {
    switch self {
    case .createIndex, .rebuildIndex, .vacuum: true
    default: false
    }
  }
}
