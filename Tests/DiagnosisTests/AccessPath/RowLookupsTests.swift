import Catalog
import Testing

@testable import Diagnosis

/// HighLoopLookups and NonCoveringLookup differ in how often the index is read.
@Suite struct RowLookupsTests {
  @Test func includesTheColumnThatRepeatedLookupsFetch() throws {
    let finding = try HighLoopLookups().finding(in: "fires-in-a-subplan")
    #expect(finding.title == "public.crates is visited for about 200,000 rows in 400 lookups")
    #expect(finding.advisedKeys == "tenant")
    #expect(finding.proposal?.includedColumns == ["weight"])
    #expect(finding.proposal?.supersedes == ["crates_tenant_idx"])
    let once = try NonCoveringLookup().examine(
      DiagnosticCase(Fixture(rule: "HighLoopLookups", stem: "fires-in-a-subplan")))
    #expect(once == .examined([]))
  }

  @Test func includesTheColumnThatOnePassFetches() throws {
    let finding = try NonCoveringLookup().finding(in: "fires-for-one-narrow-column")
    #expect(finding.proposal?.includedColumns == ["weight"])
    #expect(finding.blamedNodes == [1, 2])
  }

  @Test(arguments: [(10_000, false), (10_001, true)])
  func countsFromMoreThanTenThousandRowsOn(_ rows: Int, fires: Bool) throws {
    let plan = try Fixture(rule: "NonCoveringLookup", stem: "silent-at-10000-rows").text()
      .replacing("rows=10000 loops=1", with: "rows=\(rows) loops=1")
    #expect(NonCoveringLookup().examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
  }

  @Test func includesNothingInATableThatIsNotVacuumed() throws {
    let book = EvidenceBook.shop.changing("crates") { $0.statistics.relAllVisible = 0 }
    #expect(try NonCoveringLookup().findings(in: "fires-for-one-narrow-column", evidence: book).isEmpty)
    #expect(try HighLoopLookups().findings(in: "fires-in-a-subplan", evidence: book).isEmpty)
  }
}
