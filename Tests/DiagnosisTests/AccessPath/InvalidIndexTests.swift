import Catalog
import Testing

@testable import Diagnosis

@Suite struct InvalidIndexTests {
  private let rule = InvalidIndex()

  @Test func rebuildsTheIndexThatWouldServe() throws {
    let finding = try rule.finding(in: "fires-on-a-full-scan")
    #expect(
      finding.title == "public.crates is read in full: its index crates_state_idx (state) is not valid")
    #expect(
      finding.remedies.map(\.action) == [
        .rebuildIndex(QualifiedName(schema: "public", name: "crates_state_idx"))
      ])
    let query = try DiagnosticCase(Fixture(rule: "InvalidIndex", stem: "fires-on-a-full-scan"))
    #expect(FullScanFilterWaste().examine(query).findings.isEmpty, "one finding for one fact")
  }

  @Test func waitsForTheJobOfAuroraDSQL() throws {
    let finding = try rule.finding(in: "fires-on-a-full-scan", engine: .dsql)
    #expect(finding.remedies.isEmpty)
    #expect(finding.noRemedy?.contains("sys.jobs") ?? false)
  }

  @Test func staysSilentWhereAValidIndexServesAsWell() throws {
    let book = EvidenceBook.shop.changing("crates") {
      $0.indexes?.append(.index("crates_state_idx1", "state"))
    }
    #expect(try rule.findings(in: "fires-on-a-full-scan", evidence: book).isEmpty)
  }

  @Test func blamesTheInputOfAJoinToo() throws {
    let book = EvidenceBook.shop.changing("orders") {
      var broken = IndexDefinition.index("orders_customer_idx", "customer_id")
      broken.isValid = false
      $0.indexes = [broken]
    }
    let query = try DiagnosticCase(
      Fixture(rule: "UnindexedInner", stem: "fires-in-subplan"), evidence: book)
    #expect(rule.examine(query).findings.count == 1)
  }
}
