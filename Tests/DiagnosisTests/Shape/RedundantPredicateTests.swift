import Catalog
import Testing

@testable import Diagnosis

@Suite struct RedundantPredicateTests {
  private let rule = RedundantPredicate()
  private let stem = "fires-on-column-of-the-other-table"

  @Test func asksToConfirmThatJoinedRowsAgree() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.title == "public.tours is filtered by depot_id, public.stops is not")
    #expect(finding.cause.basis == .unverified)
    #expect(
      finding.cause.check == """
        SELECT count(*) FROM public.stops AS a JOIN public.tours AS b ON a.tour_id = b.id \
        WHERE a.depot_id IS DISTINCT FROM b.depot_id;
        """)
    #expect(
      finding.sentence == """
        Add s.depot_id = t.depot_id to the statement, once it is confirmed that joined rows always agree in depot_id.
        """)
  }

  @Test func findsPartitionsByTheColumn() throws {
    let book = EvidenceBook.shop.changing("stops") {
      $0.indexes = []
      $0.statistics.partitionKey = "LIST (depot_id)"
    }
    let finding = try rule.finding(in: stem, evidence: book)
    #expect(finding.remedies[0].rationale == "The partitioning by depot_id can then be used.")
  }

  @Test(arguments: [(25.0, 1), (24.9, 0), (100, 1), (100.1, 0)])
  func takesColumnsForUnrelatedWhoseValuesAreNotAsMany(_ distinct: Double, _ count: Int) throws {
    let book = EvidenceBook.shop.changing("stops") {
      $0.columns[2] = .column("depot_id", "integer", distinct: distinct)
    }
    #expect(try rule.findings(in: stem, evidence: book).count == count)
  }

  @Test func saysNothingWithoutAnythingThatTheColumnLeadsTo() throws {
    let book = EvidenceBook.shop.changing("stops") { $0.indexes = [.primaryKey("stops_pkey", "id")] }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }

  @Test func saysNothingOfAKeyThatBothTablesCallAlike() throws {
    let book = EvidenceBook.shop.changing("tours") {
      $0.indexes = [IndexDefinition(name: "d", definition: "", keys: [IndexKey("depot_id")], isUnique: true)]
    }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }

  @Test(arguments: [(1_000.0, 1), (999, 0)])
  func asksNothingOfSmallTables(_ rows: Double, _ count: Int) throws {
    let book = EvidenceBook.shop.changing("stops") { $0.rowCount = CountedRows(rows) }
    #expect(try rule.findings(in: stem, evidence: book).count == count)
  }
}
