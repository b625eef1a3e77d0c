import Catalog
import Testing

@testable import Diagnosis

@Suite struct JoinCountOverLimitTests {
  private let rule = JoinCountOverLimit()

  private func limits(_ collapse: Int, geqo: Int = 12) -> EvidenceBook {
    EvidenceBook(settings: [
      PlannerSetting(name: "join_collapse_limit", value: "\(collapse)"),
      PlannerSetting(name: "from_collapse_limit", value: "\(collapse)"),
      PlannerSetting(name: "geqo_threshold", value: "\(geqo)"), PlannerSetting(name: "geqo", value: "on"),
    ])
  }

  @Test func raisesTheLimitsToTheNumberOfRelations() throws {
    let finding = try rule.finding(in: "fires-when-the-filter-is-joined-last", evidence: limits(8))
    #expect(finding.title == "10 relations are joined, and the planner may reorder only 8")
    #expect(finding.settings == "join_collapse_limit = 10, from_collapse_limit = 10")
    #expect(finding.cause.basis == .supportedByCatalog)
    #expect(finding.observations == ["Hash Join kept 50 rows of 150,000 that other joins had made."])
    #expect(finding.impact.milliseconds.map { $0 <= 905.8 } ?? false)
  }

  @Test func raisesTheThresholdOfTheGeneticOptimizerToo() throws {
    let finding = try rule.finding(in: "fires-when-the-filter-is-joined-last", evidence: limits(8, geqo: 10))
    #expect(finding.settings == "join_collapse_limit = 10, from_collapse_limit = 10, geqo_threshold = 11")
  }

  @Test(arguments: [(9, 1), (10, 0)])
  func staysSilentWithinTheLimit(_ limit: Int, _ count: Int) throws {
    let findings = try rule.findings(in: "fires-when-the-filter-is-joined-last", evidence: limits(limit))
    #expect(findings.count == count)
  }

  @Test func doesNotKnowTheLimitWithoutEvidence() throws {
    let finding = try rule.finding(in: "fires-when-the-filter-is-joined-last", evidence: EvidenceBook())
    #expect(finding.cause.basis == .inferredFromPlan)
    #expect(finding.cause.check == "SHOW join_collapse_limit;")
  }
}
