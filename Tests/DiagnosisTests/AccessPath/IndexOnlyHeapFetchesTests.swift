import Catalog
import Testing

@testable import Diagnosis

@Suite struct IndexOnlyHeapFetchesTests {
  private let rule = IndexOnlyHeapFetches()

  @Test func advisesVacuumByTheVisibilityMap() throws {
    let finding = try rule.finding(in: "fires-on-updated-rows")
    #expect(finding.remedies.map(\.action) == [.vacuum(QualifiedName(schema: "public", name: "baskets"))])
    #expect(finding.cause.basis == .supportedByCatalog)
    #expect(finding.cause.explanation[1].hasPrefix("By pg_class 1,400 of 1,622 blocks"))
    #expect(finding.impact.milliseconds.map { $0 <= 59.2 } ?? false)
  }

  @Test func infersItFromThePlanAlone() throws {
    let finding = try rule.finding(in: "fires-on-updated-rows", evidence: EvidenceBook())
    #expect(finding.cause.basis == .inferredFromPlan)
  }
}
