import Catalog
import Testing

@testable import Diagnosis

@Suite struct PruningDefeatedTests {
  private let rule = PruningDefeated()

  @Test func printsTheConditionOnTheBareKey() throws {
    let finding = try rule.finding(in: "fires-on-wrapped-key")
    #expect(finding.title == "11 of 12 partitions of public.visits_log were read for no row")
    #expect(finding.blamedNodes.count == 11)
    guard case .changeStatement(let change)? = finding.remedies.first?.action else {
      Issue.record("no statement to write")
      return
    }
    #expect(
      change.hasPrefix("Write at >= DATE '2024-06-01' AND at < DATE '2024-07-01' instead of date_trunc"))
  }

  @Test func asksForAConditionWhereThereIsNone() throws {
    let finding = try rule.finding(in: "fires-without-condition-on-the-key")
    #expect(finding.remedies[0].caveats[0].hasPrefix("It needs your yes"))
    #expect(finding.cause.explanation[0].contains("RANGE (at)"))
  }

  @Test func isSilentWhereTheKeyWasNotSeen() throws {
    #expect(try rule.findings(in: "fires-on-wrapped-key", evidence: EvidenceBook()).isEmpty)
  }
}
