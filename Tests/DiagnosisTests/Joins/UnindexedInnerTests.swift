import Catalog
import Testing

@testable import Diagnosis

@Suite struct UnindexedInnerTests {
  private let rule = UnindexedInner()

  @Test func blamesAScanThatASubPlanRepeats() throws {
    let finding = try rule.finding(in: "fires-in-subplan")
    #expect(finding.title == "public.orders is read in full 40 times: no index on customer_id")
    // max(total) of each customer is the last entry of its part.
    #expect(finding.advisedKeys == "customer_id, total")
    #expect(finding.measurements.map(\.value) == [40, 200_000])
    #expect(finding.impact.milliseconds.map { $0 > 1_900 && $0 < 1_933 } ?? false)
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  @Test func blamesTheTableThatAHashJoinReadsInFullForAFewRows() throws {
    let finding = try rule.finding(in: "fires-when-hash-join-reads-all-for-few")
    #expect(
      finding.title == "Join reads all of public.order_lines to use under 0.1% of it: no index on order_id")
    #expect(finding.advisedKeys == "order_id")
    #expect(finding.blamedNodes.sorted() == [0, 1])
  }

  @Test func blamesTheSortThatAMergeJoinNeedsToo() throws {
    let finding = try rule.finding(in: "fires-when-merge-join-sorts-all-for-few")
    #expect(finding.blamedNodes.sorted() == [0, 1, 2])
  }

  @Test func addsUpTheProcessesOfAParallelJoin() throws {
    let finding = try rule.finding(in: "fires-in-parallel-hash-join")
    #expect(finding.measurements.first?.value == 599_997)
    #expect(finding.impact.milliseconds.map { $0 <= 137.668 } ?? false)
  }

  @Test func asksForAnIndexOnAuroraDSQLToo() throws {
    let finding = try rule.finding(in: "fires-on-dsql-nested-loop")
    #expect(finding.advisedKeys == "customer_id")
    #expect(finding.measurements.map(\.value) == [50, 20_000])
  }

  @Test func staysSilentWhenAnIndexLeadsWithTheJoinColumn() throws {
    let book = EvidenceBook.shop.changing("orders") {
      $0.indexes = [.index("orders_customer_idx", "customer_id", "placed_at")]
    }
    #expect(try rule.findings(in: "fires-in-subplan", evidence: book).isEmpty)
  }

  @Test func isNotFooledByAnIndexThatOnlyContainsTheJoinColumn() throws {
    let book = EvidenceBook.shop.changing("orders") {
      $0.indexes = [.index("orders_placed_idx", "placed_at", "customer_id")]
    }
    #expect(try rule.finding(in: "fires-in-subplan", evidence: book).advisedKeys == "customer_id, total")
  }

  @Test func asksNobodyToBuildAnIndexThatIsBeingBuilt() throws {
    var broken = IndexDefinition.index("orders_customer_idx", "customer_id")
    broken.isValid = false
    let book = EvidenceBook.shop.changing("orders") { $0.indexes = [broken] }
    #expect(try rule.findings(in: "fires-in-subplan", evidence: book).allSatisfy { $0.proposal == nil })
  }

  @Test func advisesNothingForATypeThatNoIndexTakes() throws {
    let book = EvidenceBook.shop.changing("orders") {
      $0.columns = [.column("customer_id", "point", isIndexable: false)]
    }
    #expect(try rule.findings(in: "fires-in-subplan", evidence: book).isEmpty)
  }

  @Test func callsTheCauseUnverifiedWithoutEvidence() throws {
    let finding = try rule.finding(in: "fires-in-subplan", evidence: EvidenceBook())
    #expect(finding.cause.basis == .unverified)
    #expect(finding.cause.check != nil)
    guard case .unknown = finding.remedies[0].expectation else {
      Issue.record("a number without evidence: \(finding.remedies[0].expectation)")
      return
    }
  }

  @Test func buildsTheIndexOnEveryPartition() throws {
    let scans = (1...3).map { month in
      """
              ->  Seq Scan on public.events_2024_0\(month) e_\(month)  (cost=0.00..2988.19 rows=100 width=12) (actual time=0.007..21.233 rows=1 loops=300)
                    Filter: (e_\(month).tenant_id = c.id)
                    Rows Removed by Filter: 107135
      """
    }
    let plan = """
      Nested Loop  (cost=0.30..16087.15 rows=36 width=12) (actual time=0.085..19274.075 rows=900 loops=1)
        ->  Seq Scan on public.customers c  (cost=0.00..22.00 rows=300 width=10) (actual time=0.019..1.630 rows=300 loops=1)
        ->  Append  (cost=0.00..9964.16 rows=300 width=12) (actual time=0.007..64.100 rows=3 loops=300)
      \(scans.joined(separator: "\n"))
      Execution Time: 19275.000 ms
      """
    let findings = rule.examine(try DiagnosticCase(plan)).findings
    #expect(findings.count == 1)
    #expect(findings.first?.proposal?.table.label == "public.events")
    #expect(findings.first?.proposal?.partitions == EvidenceBook.allEvents.map(\.name))
  }

  @Test func followsFromStaleStatisticsThatChoseTheLoop() throws {
    let plan = """
      Nested Loop  (cost=0.70..12.74 rows=1 width=11) (actual time=0.060..25000.679 rows=900 loops=1)
        ->  Index Scan using imports_batch_idx on public.imports i  (cost=0.29..4.31 rows=1 width=7) (actual time=0.042..4.664 rows=900 loops=1)
              Index Cond: (i.batch = 3)
        ->  Seq Scan on public.orders o  (cost=0.00..5278.00 rows=1 width=13) (actual time=0.013..27.013 rows=1 loops=900)
              Filter: (o.customer_id = i.id)
              Rows Removed by Filter: 199999
      Execution Time: 25001.403 ms
      """
    let finding = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
    #expect(finding.explainedBy == ProblemKey(StaleStatistics.name, "public.imports"))
  }

  // MARK: Ranges, branches, partitions

  @Test func findsByTheRangeBetweenTwoColumns() throws {
    let finding = try rule.finding(in: "fires-on-a-range-between-two-columns")
    #expect(
      finding.title == "public.blocks is read in full 1,100 times: no index on first_address and last_address"
    )
    #expect(finding.advisedKeys == "first_address, last_address")
    #expect(finding.impact.share > 0.9, "the loop itself tests each pair of rows")
  }

  @Test func findsByTheColumnThatIsBoundedFromBothSides() throws {
    let text = try Fixture(rule: "UnindexedInner", stem: "fires-on-a-range-between-two-columns").text()
    let around = text.replacing(
      "(l.address >= b.first_address) AND (l.address <= b.last_address)",
      with: "(b.first_address >= (l.address - 500)) AND (b.first_address <= (l.address + 500))")
    let finding = try #require(rule.examine(try DiagnosticCase(around)).findings.first)
    #expect(finding.advisedKeys == "first_address")
  }

  @Test func asksNotForTheIndexThatARangeHasAlready() throws {
    let book = EvidenceBook.shop.changing("blocks") {
      $0.indexes = [.index("blocks_idx", "first_address", "last_address")]
    }
    #expect(try rule.findings(in: "fires-on-a-range-between-two-columns", evidence: book).isEmpty)
  }

  @Test func indexesTheBranchOfAnOrThatHasNone() throws {
    let finding = try rule.finding(in: "fires-on-either-of-two-columns")
    #expect(finding.title == "public.people is read in full 150 times: no index on phone")
    #expect(finding.remedies.count == 1)
    #expect(finding.advisedKeys == "phone")
  }

  @Test func indexesBothBranchesOfAnOrWhereNeitherHasAnIndex() throws {
    let book = EvidenceBook.shop.changing("people") { $0.indexes = [.primaryKey("people_pkey", "id")] }
    let finding = try rule.finding(in: "fires-on-either-of-two-columns", evidence: book)
    let keys = finding.remedies.compactMap { remedy -> String? in
      if case .createIndex(let proposal) = remedy.action { proposal.keyList } else { nil }
    }
    #expect(keys == ["email", "phone"])
  }

  @Test func findsInAllPartitionsByTheNameThatTheJoinGivesTheTable() throws {
    let finding = try rule.finding(in: "fires-on-all-partitions-of-a-joined-table")
    #expect(finding.title == "Join reads all of public.measures to use 0.1% of it: no index on meter")
    #expect(finding.advisedKeys == "meter")
    #expect(finding.proposal?.partitions.map(\.name) == ["measures_h1", "measures_h2"])
    #expect(finding.measurements.first?.value == 300_000, "the rows of both")
  }
}
