import PlanModel

/// Links what is generally wrong with a scan to the finding that says why, so that one fact is advised on once.
enum SpecificCauses {
  /// For each rule that sees what is wrong with a scan those that see why, the strongest first.
  private static let explanations: [RuleName: [RuleName]] = [
    FullScanFilterWaste.name: causes, "IndexFilterWaste": causes,
    ExpressionOnColumn.name: [PruningDefeated.name, StorageFilterMissed.name],
    TypeCoercionBypass.name: [PruningDefeated.name],
  ]
  private static let causes: [RuleName] = [
    PruningDefeated.name, TypeCoercionBypass.name, ExpressionOnColumn.name, PatternMatch.name,
    StorageFilterMissed.name,
  ]

  static func linking(_ findings: [Finding]) -> [Finding] {
    findings.map { finding in
      guard finding.explainedBy == nil, let cause = cause(of: finding, among: findings) else {
        return finding
      }
      var finding = finding
      finding.explainedBy = cause.key
      return finding
    }
  }

  private static func cause(of finding: Finding, among findings: [Finding]) -> Finding? {
    let nodes = Set(finding.blamedNodes)
    return (explanations[finding.rule] ?? []).lazy.compactMap { rule in
      findings.first {
        $0.rule == rule && $0.explainedBy != finding.key && !nodes.isDisjoint(with: $0.blamedNodes)
      }
    }.first
  }
}
