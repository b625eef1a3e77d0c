import Catalog
import PlanModel
import Postgres
import Testing
import ThrowawayServer

@testable import Diagnosis
@testable import Workflow

/// What is counted in user tables beside rows and predicates, on how many connections, and within which time.
@Suite(.serialized) struct CountingTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  private static let script = """
    CREATE TABLE customer (id int PRIMARY KEY, vip boolean, payload json);
    INSERT INTO customer SELECT i, i = 7, '{}' FROM generate_series(1, 60000) i;
    CREATE TABLE sale (customer_id int, status text, city text, zip text, total int);
    INSERT INTO sale SELECT CASE WHEN i <= 30000 THEN 7 ELSE i END, 'done', 'city' || i % 300, 'zip' || i % 300, i % 10
      FROM generate_series(1, 60000) i;
    CREATE TABLE part (id int, kind int) PARTITION BY RANGE (id);
    CREATE TABLE part_low PARTITION OF part FOR VALUES FROM (0) TO (5000);
    CREATE TABLE part_high PARTITION OF part FOR VALUES FROM (5000) TO (100000);
    INSERT INTO part SELECT i, CASE WHEN i % 2 = 0 THEN 3 ELSE i END FROM generate_series(1, 9000) i;
    ANALYZE;
    INSERT INTO part SELECT i, 3 FROM generate_series(9001, 20000) i;
    INSERT INTO sale SELECT 8, CASE WHEN i % 10 = 0 THEN NULL ELSE 'open' END, 'x', 'y', 1 FROM generate_series(1, 20000) i;
    CREATE ROLE counted_one LOGIN; GRANT SELECT ON sale TO counted_one;
    """

  private static let sale = QualifiedName(schema: "public", name: "sale")

  private func evidence(_ sql: String) async throws -> EvidenceBook {
    try await LoggedSession(Self.made.value).session.analyze(sql, limit: 0.000_001).evidence
  }

  @Test func listsTheFrequentValuesOfAColumnThatAWrongEstimateComparesWithAConstant() async throws {
    let book = try await evidence("SELECT * FROM sale WHERE status = 'open'")
    let sale = try #require(book.relation(Self.sale))
    #expect(
      sale.frequentValues == [
        FrequentValues(
          column: "status",
          values: [.init("done", rows: 60_000), .init("open", rows: 18_000), .init(nil, rows: 2_000)])
      ])
    #expect(sale.distinctCount(of: ["status"]) == DistinctCount(["status"], 2))
    #expect(book.counting.map { $0.spent < $0.seconds && $0.seconds == 10 && $0.connections == 1 } == true)
  }

  @Test func scansNoColumnWhereTheEstimatesAreRight() async throws {
    let logged = try await LoggedSession(Self.made.value)
    let book = try await logged.session.analyze("SELECT count(*) FROM sale WHERE total = 3", limit: 0.000_001)
      .evidence
    #expect(book.relations.allSatisfy { $0.distinctCounts.isEmpty && $0.frequentValues.isEmpty })
    #expect(try await !logged.statements().contains { $0.contains("distinct_values") })
  }

  @Test func writesValuesAsTheStatisticsDo() async throws {
    let database = try await LoggedServer.makeDatabase(
      script: """
        CREATE TABLE t (b boolean, c char(5), d date); INSERT INTO t SELECT false, 'a', '2026-01-01' FROM generate_series(1, 5000); ANALYZE;
        INSERT INTO t SELECT true, 'b', '2026-02-01' FROM generate_series(1, 5000);
        """)
    let book = try await LoggedSession(database).session.analyze(
      "SELECT * FROM t WHERE b = true AND c = 'b' AND d = '2026-02-01'", limit: 0.000_001
    ).evidence
    let t = try #require(book.relations.first)
    for column in t.columns {
      let values = t.frequentValues.first { $0.column == column.name }?.values.compactMap(\.value)
      #expect(
        values?.contains(column.distribution?.mostCommonValues.first ?? "?") == true,
        "\(column.name): \(values ?? [])")
    }
  }

  @Test func countsBothSidesOfAJoinThatIsFarFromItsEstimate() async throws {
    let book = try await evidence(
      "SELECT count(*) FROM sale s JOIN customer c ON c.id = s.customer_id WHERE c.vip")
    let sale = try #require(book.relation(Self.sale))
    #expect(sale.distinctCount(of: ["customer_id"])?.value == 30_002)
    #expect(
      sale.frequentValues.first { $0.column == "customer_id" }?.values.first == .init("7", rows: 30_000))
    let customer = try #require(book.relation(QualifiedName(schema: "public", name: "customer")))
    #expect(customer.distinctCount(of: ["id"])?.value == 60_000)
    #expect(customer.frequentValues.first { $0.column == "id" }?.values.count == ValueCount.listed)
  }

  @Test func countsGroupsAloneAndTogether() async throws {
    let book = try await evidence("SELECT city, zip, count(*) FROM sale GROUP BY city, zip")
    let sale = try #require(book.relation(Self.sale))
    #expect(
      Set(sale.distinctCounts.map { "\($0.columns.joined(separator: ",")) \(Int($0.value))" }) == [
        "city 301", "zip 301", "city,zip 301",
      ])
    #expect(sale.frequentValues.isEmpty)
  }

  @Test func countsColumnsOfAPartitionedTableInAllPartitions() async throws {
    let book = try await evidence("SELECT p.kind FROM part p GROUP BY p.kind")
    let part = try #require(book.relation(QualifiedName(schema: "public", name: "part")))
    #expect(part.distinctCount(of: ["kind"])?.value == 4_500)
    #expect(part.frequentValues.isEmpty)
  }

  @Test func leavesOutTypesThatDoNotHash() {
    let types = ["integer": true, "bit(3)": false, "money": false, "tsvector": false, "numeric(4,2)": true]
    for (type, isCounted) in types {
      #expect(
        ColumnStatistics(name: "c", type: type, isNotNull: false).isCountedByHashing == isCounted, "\(type)")
    }
    let json = ColumnStatistics(name: "c", type: "json", isNotNull: false, isBTreeIndexable: false)
    #expect(!json.isCountedByHashing)
  }

  // MARK: Connections

  @Test(arguments: [1, 3]) func countsOnNoMoreConnectionsThanItMay(_ most: Int) async throws {
    let logged = try await LoggedSession(Self.made.value)
    var options = AnalysisOptions()
    options.skipsExperiments = true
    options.scans.connections = most
    let request = try await CaptureRequest.make(
      "SELECT count(*) FROM sale s JOIN customer c ON c.id = s.customer_id WHERE c.vip", on: logged.session)
    let book = try await Analysis(request, options: options).run(on: logged.session).evidence
    #expect(book.counting?.connections == most)
    #expect(book.gaps.isEmpty && book.relations.allSatisfy { $0.rowCount != nil })
    let transactions = try await logged.statements().filter { $0.hasPrefix("BEGIN") }
    #expect(transactions.allSatisfy { $0.contains("READ ONLY") })
  }

  @Test func countsAllTheSameWhereNoFurtherConnectionIsToBeHad() async throws {
    let database = try await Self.made.value
    try await database.run(sql: "ALTER ROLE counted_one CONNECTION LIMIT 1")
    let session = try await LoggedSession(database, role: "counted_one").session
    let book = try await session.analyze(
      "SELECT * FROM sale a JOIN sale b USING (customer_id) WHERE a.total = b.total AND a.city = 'city7' AND b.city = 'city7'",
      limit: 0.000_001
    )
    .evidence
    #expect(book.counting?.connections == 1)
    #expect(book.relation(Self.sale)?.rowCount == CountedRows(80_000))
  }

  // MARK: Large tables and budgets

  /// A catalog that says so is all that it takes.
  private func book(rows: Double) -> EvidenceBook {
    var statistics = RelationStatistics(name: Self.sale)
    statistics.relTuples = rows
    return EvidenceBook(
      relations: [
        RelationEvidence(
          statistics: statistics, columns: [ColumnStatistics(name: "status", type: "text", isNotNull: false)])
      ])
  }

  private func plan() async throws -> ExplainedPlan {
    try await LoggedSession(Self.made.value).session.capture("SELECT * FROM sale WHERE status = 'open'").plan
      .plan
  }

  @Test(arguments: [
    (50_000_000.0, EngineProfile.postgres, false, ["exact", "exact"], 0),
    (50_000_001.0, .postgres, false, ["sampled", "sampled"], 0),
    (50_000_001.0, .postgres, true, ["exact", "exact"], 0),
    (50_000_001.0, .dsql, false, [], 2), (50_000_001.0, .dsql, true, ["exact", "exact"], 0),
  ])
  func samplesLargeTablesOrLeavesThemOut(
    _ rows: Double, _ engine: EngineProfile, _ countsAll: Bool, _ expected: [String], _ gaps: Int
  ) async throws {
    let plan = try await plan()
    let counting = CountingPlan(
      book(rows: rows), plan: plan, conditions: PlanConditions(plan), engine: engine, countsAll: countsAll)
    let jobs = counting.jobs.map { job -> String in
      switch job {
      case .pass(let pass): pass.samplePercent == nil ? "exact" : "sampled"
      case .values(let values): values.samplePercent == nil ? "exact" : "sampled"
      }
    }
    #expect(jobs == expected)
    #expect(counting.gaps.count == gaps && counting.gaps.allSatisfy { $0.reason.contains("--exact-counts") })
    #expect(counting.sessions(upTo: 4) == (engine == .dsql || jobs.isEmpty ? 1 : 2))
  }

  @Test func ridesInThePassWhereEveryScanIsPaidFor() async throws {
    let plan = try await LoggedSession(Self.made.value).session.capture(
      "SELECT city, zip FROM sale GROUP BY city, zip"
    ).plan.plan
    let columns = ["city", "zip"].map { ColumnStatistics(name: $0, type: "text", isNotNull: false) }
    let book = EvidenceBook(
      relations: [RelationEvidence(statistics: RelationStatistics(name: Self.sale), columns: columns)])
    let counting = CountingPlan(book, plan: plan, conditions: PlanConditions(plan), engine: .dsql)
    #expect(counting.jobs.count == 1)
    guard case .pass(let pass) = counting.jobs[0] else { return }
    #expect(
      pass.statement.text
        == "SELECT count(*), count(DISTINCT sale.city), count(DISTINCT sale.zip), count(DISTINCT ROW(sale.city, sale.zip)) FROM ONLY public.sale AS sale"
    )
  }

  @Test func keepsToItsBudgetAndNamesWhatItCouldNotCount() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let request = try await CaptureRequest.make("SELECT * FROM sale WHERE status = 'open'", on: session)
    let plan = try await plan()
    let pass = CountingPass(Self.sale, plan: plan, conditions: PlanConditions(plan))
    let crew = CountingCrew(request: request, deadline: .now, sessions: [session])
    let facts = try await crew.count([
      .pass(pass), .values(ValueCount(table: Self.sale, columns: ["status"], listsValues: true)),
    ])
    #expect(
      facts.map { $0.gap?.missing } == [
        "row count and selectivities of public.sale", "distinct and frequent values of status of public.sale",
      ])
    #expect(facts.allSatisfy { $0.gap?.reason == "the budget for scans of user tables is used up" })
  }
}
