import Catalog
import Statements
import Testing

@testable import Diagnosis

@Suite struct CartesianJoinTests {
  private let rule = CartesianJoin()

  @Test func asksForTheMissingCondition() throws {
    let finding = try rule.finding(in: "fires-without-condition")
    #expect(
      finding.title
        == "public.customers c and public.regions r are joined without a condition: 8,999 × 19 rows")
    #expect(
      finding.sentence == "Is a join condition missing between public.customers c and public.regions r?")
    #expect(finding.cause.basis == .inferredFromPlan)
    // The aggregate goes through the product as well; the scan of customers stays.
    #expect(finding.impact.milliseconds.map { $0 > 44 && $0 < 45.6 } ?? false)
  }

  @Test func findsTheTableThatNothingTiesToTheJoinedOnes() throws {
    let finding = try rule.finding(in: "fires-between-three-tables")
    #expect(finding.title.hasSuffix("29,999 × 20 rows"), "\(finding.title)")
  }

  @Test func namesTheForeignKeyBetweenTheTwoSides() throws {
    var relation = RelationEvidence.table("regions", rows: 20, pages: 1)
    relation.foreignKeys = [
      ForeignKeyConstraint(
        name: "customers_region_fkey", table: QualifiedName(schema: "public", name: "customers"),
        columns: ["region"], referencedTable: relation.name, referencedColumns: ["name"])
    ]
    let finding = try rule.finding(in: "fires-without-condition", evidence: .shop.replacing(relation))
    #expect(
      finding.sentence?.hasSuffix(
        "The foreign key customers_region_fkey leads from public.customers (region) to public.regions (name)."
      )
        == true)
  }

  /// Two tables of so many rows, of which the product took so long of 1,000 ms.
  private func plan(_ outer: Int, _ inner: Int, milliseconds: Double = 500) -> String {
    """
    Nested Loop  (cost=0.00..1.00 rows=9 width=8) (actual time=1.000..\(500 + milliseconds) rows=\(outer * inner) loops=1)
      ->  Seq Scan on public.a  (cost=0.00..1.00 rows=9 width=8) (actual time=0.000..500.000 rows=\(outer) loops=1)
      ->  Seq Scan on public.b  (cost=0.00..1.00 rows=9 width=8) (actual time=0.000..0.000 rows=\(inner) loops=\(outer))
    Execution Time: 1000.000 ms
    """
  }

  @Test func firesFromTwoRowsOnEitherSideAndFivePercentOn() throws {
    for (text, count) in [
      (plan(2, 2), 1), (plan(1, 5_000), 0), (plan(5_000, 1), 0), (plan(50, 50, milliseconds: 50), 1),
      (plan(50, 50, milliseconds: 49.9), 0),
    ] {
      #expect(rule.examine(try DiagnosticCase(text)).findings.count == count, "\(text)")
    }
  }
}
