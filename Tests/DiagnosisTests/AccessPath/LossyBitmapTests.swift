import Catalog
import Testing

@testable import Diagnosis

@Suite struct LossyBitmapTests {
  private let rule = LossyBitmap()

  @Test func asksForTheMemoryThatTheBlocksNeed() throws {
    let finding = try rule.finding(in: "fires-on-small-work-mem")
    #expect(finding.title == "The bitmap for public.readings did not fit in work_mem: 12,415 blocks lossy")
    // 13,333 blocks of 64 bytes are 833 kB; with 4 MB the plan was exact.
    #expect(finding.remedies.map(\.action) == [.setWorkMem(kilobytes: 1_024)])
  }

  @Test func advisesABTreeWhereTheTableIsNotInTheOrderOfABRINIndex() throws {
    let finding = try rule.finding(in: "fires-on-brin-without-order")
    #expect(finding.advisedKeys == "at")
    #expect(finding.proposal?.method == .btree)
    #expect(finding.cause.explanation[0].contains("0.00"), "the correlation is in the sentence")
  }

  @Test func doesNotTakeABRINIndexForABitmapThatWasTooLarge() throws {
    #expect(try rule.findings(in: "fires-on-brin-without-order", evidence: EvidenceBook()).isEmpty)
  }
}
