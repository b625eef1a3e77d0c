import Catalog
import Testing

@Suite struct RowCountTests {
  private static func relation(
    tuples: Double?, pages: Double?, now: Double?, counted: CountedRows? = nil
  ) -> RelationEvidence {
    var statistics = RelationStatistics(name: QualifiedName(schema: "public", name: "orders"))
    statistics.relTuples = tuples
    statistics.relPages = pages
    statistics.currentPages = now
    return RelationEvidence(statistics: statistics, rowCount: counted)
  }

  @Test func scalesTheCatalogsRowsToThePresentSizeAsThePlannerDoes() {
    #expect(Self.relation(tuples: 1_000, pages: 10, now: 25).plannerRowCount == 2_500)
    #expect(Self.relation(tuples: 1_000, pages: 10, now: nil).plannerRowCount == 1_000)
    #expect(Self.relation(tuples: 1_000, pages: 0, now: 25).plannerRowCount == 1_000)
    #expect(Self.relation(tuples: nil, pages: 10, now: 25).plannerRowCount == nil)
  }

  @Test func prefersCountedRowsToTheCatalogs() {
    let counted = CountedRows(7, method: .sampled)
    #expect(Self.relation(tuples: 1_000, pages: 10, now: 25, counted: counted).bestRowCount == 7)
    #expect(Self.relation(tuples: 1_000, pages: 10, now: 25).bestRowCount == 2_500)
  }

  @Test func knowsASelectivityOnlyForAConjunctionThatWasCounted() {
    var relation = Self.relation(tuples: nil, pages: nil, now: nil, counted: CountedRows(1_000))
    relation.predicateCounts = [
      PredicateCount(predicates: ["(a = 1)"], rows: 100),
      PredicateCount(predicates: ["(a = 1)", "(b = 2)"], rows: 5),
    ]
    #expect(relation.selectivity(of: ["(a = 1)"]) == 0.1)
    #expect(relation.selectivity(of: ["(b = 2)", "(a = 1)"]) == 0.005)
    #expect(relation.selectivity(of: ["(b = 2)"]) == nil)
    relation.rowCount = CountedRows(0)
    #expect(relation.selectivity(of: ["(a = 1)"]) == nil)
  }

  @Test func buildsThePartitionsIndexOnItsParent() {
    var statistics = RelationStatistics(
      name: QualifiedName(schema: "public", name: "events_01"), kind: .partition)
    statistics.parent = QualifiedName(schema: "public", name: "events")
    #expect(RelationEvidence(statistics: statistics).indexTarget.name == "events")
    statistics.kind = .table
    #expect(RelationEvidence(statistics: statistics).indexTarget.name == "events_01")
  }
}
