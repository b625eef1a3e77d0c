import Catalog
import Testing

@testable import Diagnosis

@Suite struct WrongNDistinctTests {
  private let rule = WrongNDistinct()
  private let stem = "fires-when-keys-are-far-more-than-recorded"

  @Test func blamesTheFullReadForWhichFewKeysWouldHaveSufficed() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.title.contains("400x too few distinct values of public.moves.parcel_id"))
    #expect(
      finding.observations == [
        "pg_stats.n_distinct of public.moves.parcel_id is 100: 100 distinct values; count(DISTINCT …) finds 40,000."
      ])
    #expect(finding.cause.explanation.contains { $0.contains("80,000 rows × 20 rows × 0.01") })
    #expect(finding.blamedNodes == [1])
  }

  /// ANALYZE takes the number to grow with the table from a tenth of the rows on.
  @Test(arguments: [(40_000.0, -0.5), (8_000, -0.1), (7_999, 7_999)])
  func setsAShareWhereTheValuesGrowWithTheTable(_ counted: Double, setting: Double) throws {
    let book = EvidenceBook.shop.changing("moves") {
      $0.distinctCounts = [DistinctCount(["parcel_id"], counted)]
    }
    let column = ColumnName(QualifiedName(schema: "public", name: "moves"), "parcel_id")
    #expect(
      try rule.finding(in: stem, evidence: book).remedies.map(\.action) == [
        .setDistinctValues(column, setting)
      ])
  }

  @Test(arguments: [(200.0, false), (201, true)])
  func takesMoreThanTwiceForWrong(_ counted: Double, fires: Bool) throws {
    let book = EvidenceBook.shop.changing("moves") {
      $0.distinctCounts = [DistinctCount(["parcel_id"], counted)]
    }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty != fires)
  }

  @Test func saysNothingWhereTheValuesWereNotCounted() throws {
    let book = EvidenceBook.shop.changing("moves") { $0.distinctCounts = [] }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }
}
