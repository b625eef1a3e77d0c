import Catalog
import Diagnosis
import PlanReading

/// Rules: what can be read can be diagnosed, whatever its figures and conditions are.
enum DiagnosisTarget {
  static func examine(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let plan = try? PlanReader.read(Array(bytes)).plan else { return }
    let query = DiagnosticCase(
      plan: plan, conditions: PlanConditions(plan), statement: nil, evidence: EvidenceBook(),
      engine: .shown(by: plan))
    _ = RuleRegistry.examine(query).ranked(showingAll: true)
  }
}
