import Catalog
import Testing

@testable import Diagnosis

@Suite struct WrongLeadingColumnTests {
  private let rule = WrongLeadingColumn()

  @Test(arguments: [
    "fires-when-an-index-scan-finds-by-the-second-column", "fires-when-an-index-only-scan-does",
    "fires-when-a-bitmap-scan-finds-by-the-second-column", "fires-when-a-full-scan-could-not-use-it",
  ])
  func advisesAnIndexThatBeginsWithTheColumn(_ stem: String) throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.advisedKeys == "box")
    #expect(
      finding.cause.explanation[0].hasPrefix("crates_route_box_idx (route, box) is ordered by route first"))
    #expect(finding.proposal?.supersedes == [])
  }

  @Test func speaksAloneOfAFullScan() throws {
    let query = try DiagnosticCase(
      Fixture(rule: "WrongLeadingColumn", stem: "fires-when-a-full-scan-could-not-use-it"))
    #expect(FullScanFilterWaste().examine(query).findings.isEmpty)
  }

  @Test func leavesToOthersWhatNoIndexHas() throws {
    let book = EvidenceBook.shop.changing("crates") { $0.indexes?.removeAll { $0.keys.count == 2 } }
    for stem in [
      "fires-when-an-index-scan-finds-by-the-second-column", "fires-when-a-full-scan-could-not-use-it",
    ] {
      #expect(try rule.findings(in: stem, evidence: book).isEmpty)
    }
  }

  @Test func staysSilentWhereAnIndexLeadsWithTheColumn() throws {
    let book = EvidenceBook.shop.changing("crates") { $0.indexes?.append(.index("crates_box_idx", "box")) }
    let stem = "fires-when-an-index-scan-finds-by-the-second-column"
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }
}
