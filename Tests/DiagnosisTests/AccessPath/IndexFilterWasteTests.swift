import Catalog
import Testing

@testable import Diagnosis

@Suite struct IndexFilterWasteTests {
  private let rule = IndexFilterWaste()
  private let stem = "fires-on-a-filter-beside-the-index"

  @Test func putsTheFilteredColumnIntoTheIndex() throws {
    let finding = try rule.finding(in: stem)
    #expect(
      finding.title
        == "Index crates_tenant_idx leads to rows of public.crates of which the filter discards 96%")
    #expect(finding.blamedNodes == [0, 1])
    #expect(finding.advisedKeys == "box, tenant")
    #expect(finding.measurements.map(\.value) == [20, 480])
    #expect(finding.impact.milliseconds.map { $0 <= 7.083 && $0 > 6.9 } ?? false)
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  @Test func keepsTheKeyOfTheOuterRowInFrontInALookup() throws {
    let finding = try rule.finding(in: "fires-in-a-subplan")
    #expect(finding.advisedKeys == "box, tenant" || finding.advisedKeys == "tenant, box")
  }

  @Test(arguments: [(500, false), (501, true)])
  func firesFromMoreThanHalfOfTheRowsOn(_ removed: Int, fires: Bool) throws {
    let plan = try Fixture(rule: "IndexFilterWaste", stem: stem).text()
      .replacing("rows=20 loops", with: "rows=500 loops").replacing("Filter: 480", with: "Filter: \(removed)")
    #expect(rule.examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
  }

  @Test func firesFromFivePercentOfTheExecutionOn() throws {
    for (total, fires) in [("141.640", true), ("141.660", false)] {
      let plan = try Fixture(rule: "IndexFilterWaste", stem: stem).text().replacing("7.132", with: total)
      #expect(rule.examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
    }
  }

  @Test func staysSilentWhereTheIndexExists() throws {
    let book = EvidenceBook.shop.changing("crates") {
      $0.indexes?.append(.index("crates_both_idx", "tenant", "box"))
    }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }

  @Test func saysWhichIndexTheNewOneReplaces() throws {
    let book = EvidenceBook.shop.changing("crates") { crates in
      crates.predicateCounts.append(PredicateCount(predicates: ["(crates.box = 3789)"], rows: 600))
      crates.predicateCounts.removeAll { $0.predicates == ["(crates.box = 3789)"] && $0.rows == 40 }
    }
    let finding = try rule.finding(in: stem, evidence: book)
    #expect(finding.advisedKeys == "tenant, box")
    #expect(finding.proposal?.supersedes == ["crates_tenant_idx"])
  }

  @Test func expectsNoMoreThanItsImpact() throws {
    let finding = try rule.finding(in: stem)
    guard case .computed(let upTo, let source) = finding.remedies[0].expectation else {
      Issue.record("\(finding.remedies[0].expectation)")
      return
    }
    #expect(upTo == finding.impact.milliseconds)
    #expect(source.contains("not tried"))
  }
}
