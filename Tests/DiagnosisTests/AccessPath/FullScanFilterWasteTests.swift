import Catalog
import Testing

@testable import Diagnosis

@Suite struct FullScanFilterWasteTests {
  private let rule = FullScanFilterWaste()

  // MARK: What it says

  @Test func blamesTheScanWithItsOwnTimeAndFigures() throws {
    let finding = try rule.finding(in: "fires-without-index")
    #expect(finding.title == "Full scan of public.orders discards 99.6% of the rows it reads")
    #expect(finding.blamedNodes == [0])
    #expect(finding.impact.milliseconds == 30.63)
    #expect(finding.measurements.map(\.value) == [800, 199_200])
    #expect(finding.comparisons == [Comparison("Rows per loop", estimated: 733, actual: 800)])
    #expect(finding.cause.basis == .supportedByCatalog)
    #expect(
      finding.cause.explanation == [
        "No index of public.orders serves a search by status. It has orders_pkey (id)."
      ])
  }

  @Test func addsUpTheProcessesOfAParallelScan() throws {
    let finding = try rule.finding(in: "fires-in-parallel-plan")
    #expect(finding.measurements.map(\.value) == [801, 199_200])
    let impact = try #require(finding.impact.milliseconds)
    #expect(impact < 30.081, "wall-clock time, not that of three processes together")
    #expect(finding.advisedKeys == "status")
  }

  @Test func isOneFindingForATableThatIsReadTwiceBySameColumns() throws {
    let finding = try rule.finding(in: "fires-once-for-a-table-read-twice")
    #expect(finding.blamedNodes == [1, 2])
    #expect(finding.advisedKeys == "status")
  }

  @Test func countsWhatStorageDiscardsOnAuroraDSQL() throws {
    let finding = try rule.finding(in: "fires-on-dsql-storage-filter")
    #expect(finding.measurements.map(\.value) == [3, 999_997])
    #expect(finding.advisedKeys == "payer_id, created_at" || finding.advisedKeys == "payer_id")
    let second = try rule.finding(in: "fires-on-dsql-primary-key-without-condition")
    #expect(second.measurements.map(\.value) == [120, 999_880])
    #expect(second.advisedKeys == "payee_id, amount")
  }

  // MARK: Which index

  @Test(arguments: [
    ("fires-without-index", "status"),
    // Most selective first; the date, which holds for more than half of the rows, does not earn its place.
    ("fires-on-three-columns", "customer_id, status"),
    ("fires-on-range", "placed_at"),
    // A list of values leaves what follows it out of order: the order is no reason for a second column.
    ("fires-on-list-below-order-and-limit", "status"),
    // The order lets the LIMIT stop after 20 rows; read backwards it needs no DESC.
    ("fires-just-over-waste-50-percent", "status, placed_at"),
    ("fires-below-filled-limit-at-250-rows-read-for-each", "status"),
  ])
  func advisesAnIndex(_ stem: String, keys: String) throws {
    #expect(try rule.finding(in: stem).advisedKeys == keys)
  }

  @Test func asksOfOneIndexWhatBothScansOfATableWant() throws {
    let finding = try rule.finding(in: "fires-once-for-a-value-and-a-range-of-one-column")
    // What one of them compares by equality is a range of the other, and after a range no key leads further.
    #expect(finding.advisedKeys == "cents")
    #expect(finding.measurements.map(\.value) == [33, 399_967])
  }

  @Test func indexesAnImmutableFunctionOfAColumn() throws {
    let finding = try rule.finding(in: "fires-on-expression")
    #expect(finding.advisedKeys == "(lower(email::text))")
    let script = try RemedySQL(engine: .postgres, evidence: .shop).script(
      for: .createIndex(try #require(finding.proposal)))
    #expect(
      script.statements == [
        "CREATE INDEX CONCURRENTLY customers_expr_idx ON public.customers ((lower(email::text)));",
        "ANALYZE public.customers;",
      ])
    let indexed = EvidenceBook.shop.changing("customers") {
      $0.indexes = [
        IndexDefinition(name: "i", definition: "", keys: [IndexKey("lower(email::text)", isExpression: true)])
      ]
    }
    #expect(try rule.findings(in: "fires-on-expression", evidence: indexed).allSatisfy { $0.proposal == nil })
  }

  @Test func advisesNoExpressionWhereTheEngineMayRefuseIt() throws {
    let finding = try rule.finding(in: "fires-on-expression", engine: .dsql)
    #expect(finding.proposal == nil)
    #expect(finding.noRemedy?.contains("No predicate of this scan can bound one B-tree index") ?? false)
  }

  @Test func advisesNothingWhenMoreThanAQuarterOfTheRowsIsWanted() throws {
    for (returned, removed, isAdvised) in [(50_000, 150_000, true), (50_001, 149_999, false)] {
      let plan = """
        Seq Scan on public.orders  (cost=0.00..9000000.00 rows=733 width=10) (actual time=0.019..30.630 rows=\(returned) loops=1)
          Filter: (orders.customer_id = 7)
          Rows Removed by Filter: \(removed)
        Execution Time: 30.682 ms
        """
      let offline = try rule.examine(DiagnosticCase(plan, evidence: EvidenceBook())).findings
      #expect((offline.first?.proposal != nil) == isAdvised)
    }
  }

  @Test func advisesNothingThatTheCostModelWouldNotUse() throws {
    let narrow = EvidenceBook.shop.changing("orders") { $0.statistics.currentPages = 20 }
    let finding = try rule.finding(
      in: "fires-just-over-waste-50-percent",
      evidence: narrow.changing("orders") {
        $0.columns.removeAll { $0.name == "placed_at" }
        $0.columns.append(.column("placed_at", "point", isIndexable: false))
      })
    #expect(finding.proposal == nil)
    #expect(finding.noRemedy != nil)
  }

  @Test func staysSilentOnATableOfFewerThan1000Rows() throws {
    for (rows, fires) in [(999, false), (1_000, true)] {
      let plan = """
        Seq Scan on public.orders  (cost=0.00..22.00 rows=3 width=10) (actual time=0.019..30.630 rows=3 loops=1)
          Filter: (orders.customer_id = 7)
          Rows Removed by Filter: \(rows - 3)
        Execution Time: 30.682 ms
        """
      #expect(try rule.examine(DiagnosticCase(plan, evidence: EvidenceBook())).findings.isEmpty != fires)
      let known = EvidenceBook(relations: [.table("orders", rows: Double(rows), pages: 12)])
      #expect(try rule.examine(DiagnosticCase(plan, evidence: known)).findings.isEmpty != fires)
    }
  }

  @Test func countsTheRowsOfOnePassWhenItAsksWhetherATableIsTiny() throws {
    let plan = """
      Nested Loop  (cost=0.00..22.00 rows=3 width=10) (actual time=0.019..130.630 rows=3000 loops=1)
        ->  Seq Scan on public.customers c  (cost=0.00..22.00 rows=3000 width=10) (actual time=0.019..1.630 rows=3000 loops=1)
        ->  Seq Scan on public.limits l  (cost=0.00..22.00 rows=1 width=10) (actual time=0.001..0.040 rows=1 loops=3000)
              Filter: (l.kind = 'max'::text)
              Rows Removed by Filter: 99
      Execution Time: 130.682 ms
      """
    #expect(try rule.examine(DiagnosticCase(plan)) == .examined([]))
  }

  @Test func indexesEachBranchOfAnOr() throws {
    let finding = try rule.finding(in: "fires-on-two-branches-of-or")
    #expect(finding.remedies.map(\.action).count == 2)
    let keys = finding.remedies.compactMap { remedy -> String? in
      if case .createIndex(let proposal) = remedy.action { proposal.keyList } else { nil }
    }
    #expect(keys == ["box", "code"])
    let half = EvidenceBook.shop.changing("crates") { $0.indexes?.append(.index("crates_box_idx", "box")) }
    #expect(try rule.finding(in: "fires-on-two-branches-of-or", evidence: half).advisedKeys == "code")
  }

  @Test func findsTheEndOfAnOrderThroughAnIndex() throws {
    let finding = try rule.finding(in: "fires-on-min-without-filter")
    #expect(finding.title == "Full scan of public.crates reads 200,000 rows to find one end of their order")
    #expect(finding.advisedKeys == "weight")
    #expect(try rule.finding(in: "fires-on-max-of-some").advisedKeys == "state, weight")
  }

  // MARK: Indexes that exist

  @Test func leavesToTheEstimateAnIndexThatWasPassedOver() throws {
    let book = EvidenceBook.shop.changing("orders") { $0.indexes = [.index("orders_status_idx", "status")] }
    #expect(try rule.findings(in: "fires-without-index", evidence: book).isEmpty)
  }

  @Test func saysThatAnIndexWasPassedOverForAnOverestimate() throws {
    let book = EvidenceBook.shop.changing("orders") { $0.indexes = [.index("orders_status_idx", "status")] }
    let fixture = Fixture(rule: "FullScanFilterWaste", stem: "fires-without-index")
    for (estimate, fires) in [(4_000, true), (3_999, false)] {
      let plan = try fixture.text().replacing("rows=733", with: "rows=\(estimate)")
      let findings = rule.examine(try DiagnosticCase(plan, evidence: book)).findings
      #expect(findings.isEmpty != fires)
      #expect(
        findings.allSatisfy { $0.proposal == nil && $0.noRemedy?.contains("orders_status_idx") ?? false })
    }
  }

  @Test func leavesAnInvalidIndexToItsRule() throws {
    var broken = IndexDefinition.index("orders_status_idx", "status")
    broken.isValid = false
    let book = EvidenceBook.shop.changing("orders") { $0.indexes = [broken] }
    #expect(try rule.findings(in: "fires-without-index", evidence: book).isEmpty, "InvalidIndex says it")
  }

  @Test func namesTheIndexThatTheNewOneReplaces() throws {
    let book = EvidenceBook.shop.changing("orders") { $0.indexes = [.index("orders_status_idx", "status")] }
    let finding = try rule.finding(in: "fires-just-over-waste-50-percent", evidence: book)
    #expect(finding.advisedKeys == "status, placed_at")
    #expect(finding.proposal?.supersedes == ["orders_status_idx"])
  }

  // MARK: Without evidence

  @Test func callsTheCauseUnverifiedWithoutEvidence() throws {
    let finding = try rule.finding(in: "fires-without-index", evidence: EvidenceBook())
    #expect(finding.cause.basis == .unverified)
    #expect(finding.cause.check?.contains("pg_index") ?? false)
    #expect(finding.advisedKeys == "status")
    guard case .unknown = finding.remedies[0].expectation else {
      Issue.record("a number without evidence: \(finding.remedies[0].expectation)")
      return
    }
  }

  @Test func expectsNoMoreThanItsImpact() throws {
    let finding = try rule.finding(in: "fires-without-index")
    guard case .computed(let upTo, _) = finding.remedies[0].expectation else {
      Issue.record("no number: \(finding.remedies[0].expectation)")
      return
    }
    #expect(upTo == finding.impact.milliseconds)
  }

  @Test func takesTheShareOfTheCostWithoutNodeTimes() throws {
    let plan = try Fixture(rule: "FullScanFilterWaste", stem: "fires-without-index").text()
      .replacing("time=0.019..30.630 ", with: "").replacing("Execution Time: 30.682 ms\n", with: "")
    let finding = try #require(rule.examine(try DiagnosticCase(plan)).findings.first)
    #expect(finding.impact == Impact(milliseconds: nil, share: 1))
    guard case .computedCost = finding.remedies[0].expectation else {
      Issue.record("\(finding.remedies[0].expectation)")
      return
    }
  }

  // MARK: Partitions

  @Test func isOneFindingForAllPartitionsAndIndexesThemAll() throws {
    let finding = try rule.finding(in: "fires-on-partitions")
    #expect(finding.title == "Full scan of public.events discards 99.8% of the rows it reads")
    #expect(finding.blamedNodes == [1, 2, 3])
    #expect(finding.measurements.map(\.value) == [495, 314_000])
    let proposal = try #require(finding.proposal)
    #expect(proposal.table.label == "public.events")
    #expect(proposal.keyList == "tenant_id")
    #expect(proposal.partitions == EvidenceBook.allEvents.map(\.name), "the one that is not read as well")
    #expect(proposal.listsAllPartitions)
    #expect(finding.remedies[0].rationale.contains("instead of 314,495"))
    let size = try #require(finding.remedies[0].caveats.first)
    #expect(
      size.contains("8.9 MB"), "414,495 entries, those of the partition that is not read included: \(size)")
  }

  @Test func saysSoWhenNotAllPartitionsAreKnown() throws {
    var book = EvidenceBook.shop
    for month in 1...3 { book = book.changing("events_2024_0\(month)") { $0.statistics.partitions = nil } }
    let finding = try rule.finding(in: "fires-on-partitions", evidence: book)
    let proposal = try #require(finding.proposal)
    #expect(proposal.partitions.map(\.name) == ["events_2024_01", "events_2024_02", "events_2024_03"])
    #expect(!proposal.listsAllPartitions)
    let script = try RemedySQL(engine: .postgres, evidence: book).script(for: .createIndex(proposal))
    #expect(script.notes.contains { $0.contains("Only the partitions that the plan reads are listed") })
  }

  @Test func findsAnIndexOnlyWhenEveryPartitionHasIt() throws {
    func indexed(_ months: ClosedRange<Int>) -> EvidenceBook {
      months.reduce(EvidenceBook.shop) { book, month in
        book.changing("events_2024_0\(month)") { $0.indexes = [.index("e\(month)_tenant_idx", "tenant_id")] }
      }
    }
    #expect(try rule.finding(in: "fires-on-partitions", evidence: indexed(1...2)).proposal != nil)
    #expect(try rule.findings(in: "fires-on-partitions", evidence: indexed(1...3)).isEmpty)
  }
}
