import Catalog
import Testing

@testable import Diagnosis

@Suite struct PlanningDominatesTests {
  private let rule = PlanningDominates()

  private static let short = """
    Index Scan using parcels_pkey on public.parcels  (cost=0.42..4.44 rows=1 width=4) (actual time=0.026..0.026 rows=1 loops=1)
      Index Cond: (parcels.id = 5)
    Planning Time: 20.000 ms
    Execution Time: 0.068 ms
    """

  @Test func namesTheNumberOfTables() throws {
    let finding = try rule.finding(in: "fires-on-many-joined-tables")
    #expect(
      finding.cause.explanation == ["12 tables are joined: the number of orders grows with every table."])
    #expect(finding.cause.basis == .inferredFromPlan)
  }

  @Test(arguments: [(999, false), (1_000, true)])
  func namesListsOfAThousandValues(_ count: Int, _ isNamed: Bool) throws {
    let evidence = EvidenceBook.shop.changing("parcels") { parcels in
      parcels.columns[1].distribution?.mostCommonValues = (0..<count).map(String.init)
    }
    let finding = try #require(
      rule.examine(try DiagnosticCase(Self.short, evidence: evidence)).findings.first)
    let column = ColumnName(QualifiedName(schema: "public", name: "parcels"), "customer_id")
    #expect((finding.remedies.first?.action == .setStatisticsTarget(column, target: 100)) == isNamed)
    #expect((finding.cause.basis == .unverified) != isNamed)
  }

  @Test(arguments: [(49, false), (50, true)])
  func namesFiftyPartitions(_ count: Int, _ isNamed: Bool) throws {
    let members = (1...count).map {
      "  ->  Seq Scan on public.m_\($0) m_\($0)  (cost=0.00..1.00 rows=1 width=4) (actual time=0.001..0.001 rows=0 loops=1)"
    }
    let plan = """
      Append  (cost=0.00..99.00 rows=1 width=4) (actual time=0.100..0.100 rows=0 loops=1)
      \(members.joined(separator: "\n"))
      Planning Time: 20.000 ms
      Execution Time: 1.000 ms
      """
    let finding = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
    #expect((finding.cause.explanation.first?.contains("\(count) partitions") ?? false) == isNamed)
  }
}
