import Catalog
import Testing

@testable import Diagnosis

@Suite struct DeepOffsetTests {
  private let rule = DeepOffset()

  @Test func printsTheConditionOfTheNextPage() throws {
    let finding = try rule.finding(in: "fires-on-deep-page")
    #expect(finding.title == "OFFSET skips 100,000 rows to return 20")
    #expect(
      finding.remedies.map(\.action) == [
        .changeStatement(
          "Instead of OFFSET, write (placed_at, id) > (:placed_at, :id) with the values of the last row of the page before, and ORDER BY placed_at, id"
        )
      ])
    #expect(finding.remedies[0].caveats[0].hasPrefix("It needs your yes"))
    #expect(finding.impact.milliseconds.map { $0 <= 160 } ?? false)
  }

  @Test func sparesAuroraDSQLTheComparisonOfRows() throws {
    let finding = try rule.finding(in: "fires-on-deep-page", engine: .dsql)
    guard case .changeStatement(let change)? = finding.remedies.first?.action else {
      Issue.record("no statement to write")
      return
    }
    #expect(change.contains("UNION ALL: placed_at > :placed_at; placed_at = :placed_at AND id > :id"))
  }

  @Test func saysWhatIsMissingWhereNoUniqueIndexWasSeen() throws {
    let finding = try rule.finding(in: "fires-on-deep-page", evidence: EvidenceBook())
    guard case .changeStatement(let change)? = finding.remedies.first?.action else {
      Issue.record("no statement to write")
      return
    }
    #expect(change.contains("the columns of ORDER BY"))
  }
}
