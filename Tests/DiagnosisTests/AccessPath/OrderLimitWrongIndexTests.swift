import Catalog
import Testing

@testable import Diagnosis

@Suite struct OrderLimitWrongIndexTests {
  private let rule = OrderLimitWrongIndex()
  private let stem = "fires-when-rare-rows-lie-at-the-end"

  @Test func putsTheFilterInFrontOfTheOrder() throws {
    let finding = try rule.finding(in: stem)
    #expect(
      finding.title
        == "Index crates_sent_at_idx is walked for its order through 196,100 rows of public.crates to find 5"
    )
    #expect(finding.advisedKeys == "state, sent_at")
    #expect(finding.blamedNodes == [1])
    #expect(finding.impact.milliseconds == 81.131)
  }

  @Test func doesSoForMinAndMax() throws {
    #expect(try rule.finding(in: "fires-on-min").advisedKeys == "state, sent_at")
  }

  @Test(arguments: [(499, false), (500, true)])
  func firesFromAHundredDiscardedForEachReturnedOn(_ removed: Int, fires: Bool) throws {
    let plan = try Fixture(rule: "OrderLimitWrongIndex", stem: stem).text()
      .replacing("Removed by Filter: 196095", with: "Removed by Filter: \(removed)")
    let walks = try DiagnosticCase(plan)
    // So short a walk is cheap: only by a dear one does the cost model gain.
    let dear = EvidenceBook.shop.changing("crates") {
      $0.columns[3] = .column("sent_at", "timestamp with time zone")
    }
    #expect(walks.plan.nodes.count == 2)
    #expect(rule.examine(try DiagnosticCase(plan, evidence: dear)).findings.isEmpty != fires)
  }

  @Test func staysSilentWhereTheIndexExists() throws {
    let book = EvidenceBook.shop.changing("crates") {
      $0.indexes?.append(.index("crates_state_sent_at_idx", "state", "-sent_at"))
    }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }
}
