import Catalog
import Testing

@testable import Diagnosis

/// The plan of the row comparison is a real cluster's; those of the other form are modelled on it, with the figures of
/// AWS's own examples.
@Suite struct StorageFilterMissedTests {
  private let rule = StorageFilterMissed()

  private func change(_ finding: Finding) -> String {
    if case .changeStatement(let text)? = finding.remedies.first?.action { text } else { "" }
  }

  @Test func takesAComparisonOfRowsApart() throws {
    let finding = try rule.finding(in: "fires-on-row-comparison")
    #expect(
      change(finding).hasSuffix(
        "UNION ALL: priority_key > :priority_key; priority_key = :priority_key AND scheduled_at > :scheduled_at; priority_key = :priority_key AND scheduled_at = :scheduled_at AND run_key > :run_key"
      ))
    #expect(
      finding.remedies[0].caveats == ["Equal only where priority_key, scheduled_at and run_key are NOT NULL."]
    )
  }

  @Test func printsTheFormThatStorageTakes() throws {
    let finding = try rule.finding(in: "fires-on-arithmetic-over-half")
    #expect(change(finding) == "Write payee_id = 7 instead of (payee_id + 1) = 8")
  }
}
