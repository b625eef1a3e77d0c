import Catalog
import Testing

@testable import Diagnosis

@Suite struct SortAvoidableTests {
  private let rule = SortAvoidable()

  @Test func letsALimitStop() throws {
    let finding = try rule.finding(in: "fires-below-a-limit")
    #expect(finding.advisedKeys == "weight, id")
    #expect(finding.blamedNodes == [1, 2], "what is read for the sort is spared as well")
    #expect(
      finding.title
        == "200,000 rows are read and sorted by crates.weight, crates.id to return 10: no index of public.crates gives that order"
    )
  }

  @Test func letsALimitStopAJoin() throws {
    let finding = try rule.finding(in: "fires-below-a-limit-behind-a-hash-join")
    #expect(finding.advisedKeys == "code")
    let unindexed = EvidenceBook.shop.changing("tenants") { $0.indexes = [] }
    #expect(
      try rule.findings(in: "fires-below-a-limit-behind-a-hash-join", evidence: unindexed).isEmpty,
      "without an index for the other side the join cannot be driven by the order")
  }

  @Test func includesWhatAWindowNeedsBesideTheOrder() throws {
    let finding = try rule.finding(in: "fires-below-a-window")
    #expect(finding.advisedKeys == "weight, sent_at")
    #expect(finding.proposal?.includedColumns == ["tenant"])
    #expect(finding.blamedNodes == [1])
    let notVacuumed = EvidenceBook.shop.changing("crates") { $0.statistics.relAllVisible = 0 }
    #expect(try rule.findings(in: "fires-below-a-window", evidence: notVacuumed).isEmpty)
  }

  @Test func seesThatTheKeysAreAllThatACTENeeds() throws {
    let finding = try rule.finding(in: "fires-below-a-window-in-a-cte")
    #expect(finding.advisedKeys == "account, booked")
    #expect(finding.proposal?.includedColumns == [])
    let notVacuumed = EvidenceBook.shop.changing("entries") { $0.statistics.relAllVisible = 0 }
    #expect(try rule.findings(in: "fires-below-a-window-in-a-cte", evidence: notVacuumed).isEmpty)
  }

  @Test func leavesNothingToASpillThatItSpares() throws {
    let query = try DiagnosticCase(Fixture(rule: "SortAvoidable", stem: "fires-below-a-window-on-disk"))
    let ranked = RuleRegistry.examine(query).ranked().findings.filter {
      [SortAvoidable.name, SortSpill.name].contains($0.finding.rule)
    }
    #expect(ranked.map(\.finding.rule) == [SortAvoidable.name, SortSpill.name])
    #expect(ranked.last?.consequenceOf == ranked.first?.number)
  }

  @Test func asksForAFifthOfTheExecution() throws {
    let text = try Fixture(rule: "SortAvoidable", stem: "fires-below-a-limit").text()
    for (total, fires) in [("302.210", true), ("302.230", false)] {
      let plan =
        text.split(separator: "\n").dropLast().joined(separator: "\n") + "\nExecution Time: \(total) ms\n"
      #expect(rule.examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
    }
  }

  @Test func staysSilentWhereAnIndexHasTheOrder() throws {
    let book = EvidenceBook.shop.changing("crates") {
      $0.indexes?.append(.index("crates_weight_idx", "weight", "id"))
    }
    #expect(try rule.findings(in: "fires-below-a-limit", evidence: book).isEmpty)
  }
}
