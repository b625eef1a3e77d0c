import Catalog
import Testing

@testable import Diagnosis

/// Demand in, keys out.
@Suite struct IndexDesignerTests {
  private typealias Column = IndexDemand.ColumnDemand

  private static let table = RelationEvidence.table(
    "t", rows: 1_000_000, pages: 20_000,
    columns: ["a", "b", "c", "d"].map { .column($0, "integer") } + [
      .column("p", "point", isIndexable: false), .column("j", "jsonb"),
    ])

  private func keys(
    _ demand: IndexDemand, wanted: Double = 0.000_1, engine: EngineProfile = .postgres
  ) -> String? {
    let designer = IndexDesigner(demand: demand, relation: Self.table, engine: engine, selectivity: wanted)
    return designer.design().map { design in
      IndexProposal(table: Self.table.name, keys: design.keys).keyList
    }
  }

  @Test func putsTheMostSelectiveEqualityFirst() {
    let demand = IndexDemand(equalities: [
      Column(column: "a", selectivity: 0.1), Column(column: "b", selectivity: 0.01),
    ])
    #expect(keys(demand) == "b, a")
  }

  @Test(arguments: [(0.5, "a, b"), (0.51, "a")])
  func leavesOutAColumnThatDoesNotHalveWhatIsLeft(_ selectivity: Double, keys: String) {
    let second = Column(column: "b", selectivity: selectivity)
    #expect(self.keys(IndexDemand(equalities: [Column(column: "a", selectivity: 0.01), second])) == keys)
    #expect(
      self.keys(IndexDemand(equalities: [Column(column: "a", selectivity: 0.01)], ranges: [second])) == keys)
  }

  @Test func leavesOutAColumnThatSaysWhatAnotherOneSaid() {
    // Together they hold for 1%, as each of them does alone.
    let demand = IndexDemand(equalities: [
      Column(column: "a", selectivity: 0.01), Column(column: "b", selectivity: 0.011),
    ])
    #expect(keys(demand, wanted: 0.01) == "a")
  }

  @Test func takesOneRangeTheMostSelectiveAndPutsItLast() {
    let demand = IndexDemand(
      equalities: [Column(column: "c", selectivity: 0.2)],
      ranges: [Column(column: "a", selectivity: 0.3), Column(column: "b", selectivity: 0.1)])
    #expect(keys(demand) == "c, b")
  }

  @Test func takesColumnsThatWereNotCountedOnTrust() {
    let demand = IndexDemand(equalities: [Column(column: "a"), Column(column: "b")])
    #expect(keys(demand) == "a, b")
  }

  @Test func skipsColumnsThatNoIndexTakes() {
    let demand = IndexDemand(equalities: [Column(column: "p"), Column(column: "j", selectivity: 0.001)])
    #expect(keys(demand) == "j")
    #expect(keys(demand, engine: .dsql) == nil)
    #expect(keys(IndexDemand(equalities: [Column(column: "p")])) == nil)
    #expect(keys(IndexDemand()) == nil)
  }

  // MARK: Order

  private func ordered(
    _ ordering: IndexKey..., equalities: [IndexDemand.ColumnDemand] = [],
    ranges: [IndexDemand.ColumnDemand] = [], limit: Double = 10
  ) -> IndexDemand {
    IndexDemand(equalities: equalities, ranges: ranges, ordering: ordering, limit: limit)
  }

  @Test func givesTheOrderOfALimitBehindTheEqualities() {
    let demand = ordered(IndexKey("b"), equalities: [Column(column: "a", selectivity: 0.2)])
    #expect(keys(demand, wanted: 0.2) == "a, b")
  }

  @Test func needsNoDescWhereTheIndexCanBeReadBackwards() {
    let demand = ordered(IndexKey("b", isDescending: true), IndexKey("c", isDescending: true))
    #expect(keys(demand, wanted: 0.5) == "b, c")
  }

  @Test func keepsMixedDirectionsAndNullsAsTheQueryHasThem() {
    let mixed = ordered(IndexKey("b", isDescending: true), IndexKey("c"))
    #expect(keys(mixed, wanted: 0.5) == "b DESC, c")
    let nulls = ordered(IndexKey("b", isDescending: true, nullsFirst: false), IndexKey("c"))
    #expect(keys(nulls, wanted: 0.5) == "b DESC NULLS LAST, c")
  }

  @Test func asksForNoDescWhereTheEngineHasNone() {
    let mixed = ordered(
      IndexKey("b", isDescending: true), IndexKey("c"), equalities: [Column(column: "a", selectivity: 0.2)])
    #expect(keys(mixed, wanted: 0.2, engine: .dsql) == "a")
    let uniform = ordered(
      IndexKey("b", isDescending: true), equalities: [Column(column: "a", selectivity: 0.2)])
    #expect(keys(uniform, wanted: 0.2, engine: .dsql) == "a, b")
  }

  @Test func choosesBetweenOrderAndRangeByTheRowsThatAreRead() {
    // In order of b, 10 matches of 0.1% are met after 10,000 rows; the range on a leads to 1,000.
    let range = Column(column: "a", selectivity: 0.001)
    #expect(keys(ordered(IndexKey("b"), ranges: [range]), wanted: 0.001) == "a")
    // 10 matches of 40% are met after 25 rows.
    let wide = Column(column: "a", selectivity: 0.4)
    #expect(keys(ordered(IndexKey("b"), ranges: [wide]), wanted: 0.4) == "b")
    // With a LIMIT of 500,000 the order stops nothing.
    #expect(keys(ordered(IndexKey("b"), ranges: [range], limit: 500_000), wanted: 0.001) == "a")
  }

  @Test func dropsFromTheOrderWhatAnEqualityFixes() {
    let demand = ordered(
      IndexKey("a"), IndexKey("b"), equalities: [Column(column: "a", selectivity: 0.2)])
    #expect(keys(demand, wanted: 0.2) == "a, b")
  }

  @Test func givesNoOrderBehindAListOfValues() {
    let list = Column(column: "a", selectivity: 0.2, isList: true)
    #expect(keys(ordered(IndexKey("b"), equalities: [list], limit: 1_000_000), wanted: 0.2) == "a")
    // The order alone stops after 50 rows, with the list as a filter.
    #expect(keys(ordered(IndexKey("b"), equalities: [list]), wanted: 0.2) == "b")
  }

  @Test func keepsWithinTheKeyColumnsThatTheEngineTakes() {
    let names = (1...9).map { "k\($0)" }
    let demand = IndexDemand(equalities: names.map { Column(column: $0, selectivity: 0.1) })
    #expect(keys(demand, wanted: 1e-12)?.split(separator: ",").count == 9)
    #expect(keys(demand, wanted: 1e-12, engine: .dsql)?.split(separator: ",").count == 8)
  }
}
