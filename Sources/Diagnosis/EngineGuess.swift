import Catalog
import PlanModel

extension EngineProfile {
  /// The engine that a plan's own text shows: storage nodes, a 13-character Query Identifier or a DPU
  /// estimate are Aurora DSQL's.
  public static func shown(by plan: ExplainedPlan) -> EngineProfile {
    let hasStorage = plan.nodes.contains {
      $0.type.isStorageNode || $0.type.name == "Full Scan (btree-table)"
    }
    let hasWord = plan.queryIdentifier.map { $0.count == 13 && Int($0) == nil } ?? false
    return hasStorage || hasWord || plan.dpu != nil ? .dsql : .postgres
  }
}
