import Diagnosis
import PlanModel

/// The experiment table's rows: one property of the runs each.
struct ExperimentGrid {
  private let table: ExperimentTable

  init(_ table: ExperimentTable) { self.table = table }

  /// Complete table rows in the order that the report fixes.
  var rows: [String] {
    [
      row("Plan structure", structure), row("Execution time", time), row("DPU (Total)", dpu),
      row("Key differences", differences), row("Disabled strategy still used?", stillUsed),
    ]
  }

  private func row(_ name: String, _ cell: (ExperimentVariant) -> String) -> String {
    Markdown.row([name] + table.variants.map { Markdown.cell(cell($0)) })
  }

  private func structure(_ variant: ExperimentVariant) -> String {
    variant.plan.map { Markdown.code($0.shape) } ?? "not known"
  }

  private func time(_ variant: ExperimentVariant) -> String {
    switch variant.outcome {
    case .completed(let plan): plan.executionTime.map(Figure.milliseconds) ?? "not reported"
    case .slowerThan(let limit): "slower than \(Figure.milliseconds(limit))"
    case .failed: "failed"
    }
  }

  private func dpu(_ variant: ExperimentVariant) -> String {
    guard let plan = variant.plan else { return "not known" }
    return plan.dpu?.total.map(Figure.dpu) ?? "not reported"
  }

  private func differences(_ variant: ExperimentVariant) -> String {
    guard variant != table.baseline else { return "baseline" }
    guard let plan = variant.plan, let baseline = table.baseline?.plan else { return "not compared" }
    return PlanStructure(plan).difference(from: PlanStructure(baseline).labels)
  }

  private func stillUsed(_ variant: ExperimentVariant) -> String {
    let disabled = DisabledStrategies(variant.settings)
    guard !disabled.isEmpty else { return "nothing disabled" }
    guard let plan = variant.plan else { return "not known" }
    let used = disabled.used(in: plan)
    return used.isEmpty ? "No" : "Yes: " + used.joined(separator: ", ")
  }
}

/// The node kinds that a variant's settings forbid.
struct DisabledStrategies {
  private let settings: Set<String>

  init(_ settings: [PlanProperty]) {
    self.settings = Set(settings.filter { $0.value == "off" }.map(\.key.name))
  }

  var isEmpty: Bool { Self.kinds.allSatisfy { !settings.contains($0.setting) } }

  /// The forbidden kinds that the plan uses all the same: there it has no alternative.
  func used(in plan: ExplainedPlan) -> [String] {
    Self.kinds.compactMap { kind in
      settings.contains(kind.setting) && plan.nodes.contains { kind.matches($0.type) } ? kind.label : nil
    }
  }

  private struct Kind {
    var setting: String
    var label: String
    var matches: @Sendable (NodeType) -> Bool
  }

  private static let kinds = [
    Kind(setting: "enable_hashjoin", label: "Hash Join") { $0.name == "Hash Join" },
    Kind(setting: "enable_nestloop", label: "Nested Loop") { $0.isNestedLoop },
    Kind(setting: "enable_mergejoin", label: "Merge Join") { $0.name == "Merge Join" },
    Kind(setting: "enable_seqscan", label: "full scan") { $0.isFullScan },
    Kind(setting: "enable_indexscan", label: "Index Scan") { $0.name == "Index Scan" },
    Kind(setting: "enable_indexonlyscan", label: "Index Only Scan") { $0.name == "Index Only Scan" },
    Kind(setting: "enable_sort", label: "Sort") { $0.name == "Sort" },
  ]
}
