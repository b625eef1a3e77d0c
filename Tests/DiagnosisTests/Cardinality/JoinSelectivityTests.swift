import Catalog
import Testing

@testable import Diagnosis

@Suite struct JoinSelectivityTests {
  private let rule = JoinSelectivity()
  private let stem = "fires-when-the-frequent-key-is-named-elsewhere"

  @Test func showsTheJoinsArithmeticAndSaysThatExtendedStatisticsDoNotHelp() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.title.contains("24.0x too low, though both inputs are right"))
    #expect(finding.cause.explanation.contains { $0.contains("40,000 rows × 1 row") })
    #expect(finding.remedies.first?.caveats.first?.contains("Extended statistics do not help") ?? false)
  }

  @Test func leavesItToTheSessionWhereNoStatisticsHelp() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.remedies.last?.action == .set([SessionSetting("enable_nestloop", "off")]))
  }

  @Test func leavesAStaleTableToStaleStatistics() throws {
    let book = EvidenceBook.shop.changing("consignments") { $0.rowCount = CountedRows(80_000) }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }
}
