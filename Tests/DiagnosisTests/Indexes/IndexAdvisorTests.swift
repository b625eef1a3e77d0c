import Catalog
import Testing

@testable import Diagnosis

@Suite struct IndexAdvisorTests {
  private static let table = RelationEvidence.table(
    "t", rows: 1_000_000, pages: 20_000,
    columns: [.column("a", "integer", width: 4), .column("b", "integer")])

  private static let demand = IndexDemand(equalities: [
    IndexDemand.ColumnDemand(column: "a", selectivity: 0.001)
  ])

  private func verdict(
    _ relation: RelationEvidence = table, engine: EngineProfile = .postgres, selectivity: Double = 0.001
  ) -> IndexVerdict {
    IndexAdvisor(relation: relation, evidence: EvidenceBook(), engine: engine)
      .advice(for: Self.demand, selectivity: selectivity)
  }

  private func refusal(_ verdict: IndexVerdict) -> String? {
    if case .notWorthwhile(let reason) = verdict { reason } else { nil }
  }

  @Test func proposesWithCostsAndSize() throws {
    guard case .propose(let proposal, let benefit) = verdict() else {
      Issue.record("no proposal")
      return
    }
    #expect(proposal == IndexProposal(table: Self.table.name, keys: [IndexKey("a")]))
    #expect(benefit.costBefore == 32_500)
    #expect(benefit.rowsRead == 1_000)
    #expect(benefit.saving > 0.8)
    #expect(benefit.sizeBytes.isWithin(1.01, of: 22_487_040), "\(benefit.sizeBytes)")
    #expect(benefit.isFounded)
  }

  @Test(arguments: [(999.0, true), (1_000, false)])
  func refusesTablesOfFewerThan1000Rows(_ rows: Double, isTiny: Bool) {
    let relation = RelationEvidence.table("t", rows: rows, pages: 500)
    #expect((refusal(verdict(relation))?.hasPrefix("The table has") ?? false) == isTiny)
  }

  @Test(arguments: [(23, false), (24, true)])
  func refusesOneIndexMoreThanTheEngineTakes(_ count: Int, isRefused: Bool) {
    var relation = Self.table
    relation.indexes = (1...count).map { .index("i\($0)", "b") }
    let refused = refusal(verdict(relation, engine: .dsql))
    #expect((refused != nil) == isRefused)
    #expect(
      !isRefused || refused?.contains("as of 2026-10") ?? false, "a limit that may change bears its date")
    #expect(refusal(verdict(relation)) == nil)
  }

  @Test func refusesWhatSavesLessThanAFifthOfTheCost() {
    // In the table's own order the wanted rows stand side by side.
    let sorted = RelationEvidence.table(
      "t", rows: 1_000_000, pages: 20_000, columns: [.column("a", "integer", width: 4, correlation: 1)])
    let savings = stride(from: 0.1, through: 1, by: 0.05).map { share -> Double? in
      let demand = IndexDemand(equalities: [IndexDemand.ColumnDemand(column: "a", selectivity: share)])
      let advisor = IndexAdvisor(relation: sorted, evidence: EvidenceBook(), engine: .postgres)
      if case .propose(_, let benefit) = advisor.advice(for: demand, selectivity: share) {
        return benefit.saving
      }
      return nil
    }
    let advised = savings.compactMap(\.self)
    #expect(advised.count > 3 && advised.count < savings.count)
    #expect(advised.allSatisfy { $0 >= IndexAdvisor.leastSaving })
    #expect(savings.drop { $0 != nil }.allSatisfy { $0 == nil }, "from one share on none is advised")
  }

  @Test func trustsTheCostModelWhereRowsAreScatteredOverAllBlocks() {
    // 30,000 rows lie in nearly all of the 20,000 blocks; reading those in order costs two thirds of a full scan.
    #expect(refusal(verdict(selectivity: 0.03)) == nil)
  }

  @Test func proposesWithoutNumbersWhereNothingIsKnownOfTheTable() {
    let unknown = RelationEvidence(statistics: RelationStatistics(name: Self.table.name))
    guard case .propose(_, let benefit) = verdict(unknown) else {
      Issue.record("no proposal")
      return
    }
    #expect(!benefit.isFounded)
  }

  @Test func comparesRepeatedLookupsWithWhatTheyReplace() {
    let advisor = IndexAdvisor(relation: Self.table, evidence: EvidenceBook(), engine: .postgres)
    func isAdvised(lookups: Double) -> Bool {
      let verdict = advisor.advice(
        forLookups: lookups, rowsEach: 1, demand: Self.demand, costBefore: advisor.fullScanCost)
      if case .propose = verdict { return true } else { return false }
    }
    #expect(isAdvised(lookups: 3))
    #expect(isAdvised(lookups: 2_000))
    #expect(!isAdvised(lookups: 100_000))
  }
}
