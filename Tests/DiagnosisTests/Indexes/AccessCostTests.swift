import Catalog
import PlanReading
import Testing
import ThrowawayServer

@testable import Diagnosis

/// The cost model beside the planner that it imitates.
@Suite struct AccessCostTests {
  /// Rows of each table.
  static let rows = 60_000
  /// Bytes of the column beside the key.
  static let widths = [40, 200, 900]
  /// Rows that are asked for: from one to more than half of the table.
  static let wanted = [1, 10, 60, 150, 400, 1_000, 3_000, 9_000, 20_000, 36_000]

  @Test(arguments: [false, true])
  func choosesBetweenIndexAndFullScanAsThePlannerDoes(isOrdered: Bool) async throws {
    let database = try await SharedServer.shared.makeDatabase(script: Self.schema(isOrdered: isOrdered))
    for width in Self.widths {
      let pages = try await database.run(sql: "SELECT relpages FROM pg_class WHERE relname = 't\(width)'")
      let correlation = try await database.run(
        sql: "SELECT correlation FROM pg_stats WHERE tablename = 't\(width)' AND attname = 'k'")
      let model = AccessCost(
        pages: try number(pages), rows: Double(Self.rows), constants: CostConstants(EvidenceBook()))
      for wanted in Self.wanted {
        let plans = try await Self.plans(database, width: width, wanted: wanted)
        let throughIndex = model.indexAccess(
          matching: plans.estimatedRows, keyWidth: 4, correlation: try number(correlation))
        let label: Comment = "\(wanted) rows of width \(width): \(throughIndex) for \(plans)"
        #expect(model.sequentialScan.isWithin(1.01, of: plans.fullScan), label)
        #expect(throughIndex.isWithin(2, of: plans.throughIndex), label)
        let isCloseCall = plans.throughIndex.isWithin(1.1, of: plans.fullScan)
        #expect(isCloseCall || (throughIndex < model.sequentialScan) == plans.usesIndex, label)
      }
    }
  }

  /// What the planner says of one statement.
  struct Plans {
    var estimatedRows: Double
    var fullScan: Double
    var throughIndex: Double
    var usesIndex: Bool
  }

  static func plans(_ database: ThrowawayDatabase, width: Int, wanted: Int) async throws -> Plans {
    let query = "SELECT pad FROM t\(width) WHERE k < \(wanted)"
    let answer = try await database.run(
      sql: """
        SET max_parallel_workers_per_gather = 0;
        EXPLAIN \(query);
        \\echo next
        SET enable_indexscan = off; SET enable_bitmapscan = off;
        EXPLAIN \(query);
        \\echo next
        RESET enable_indexscan; RESET enable_bitmapscan; SET enable_seqscan = off;
        EXPLAIN \(query);
        """)
    let plans = try answer.split(separator: "next\n").map { try PlanReader.read(String($0)).plan.root }
    try #require(plans.count == 3)
    return Plans(
      estimatedRows: try #require(plans[0].estimate).planRows,
      fullScan: try #require(plans[1].estimate).totalCost,
      throughIndex: try #require(plans[2].estimate).totalCost, usesIndex: plans[0].type.name != "Seq Scan")
  }

  /// Tables that differ by the width of their rows, with an index on a key in the table's order or in none.
  static func schema(isOrdered: Bool) -> String {
    let key = isOrdered ? "i" : "(i::bigint * 34567) % \(rows)"
    return widths.map { width in
      """
      CREATE TABLE t\(width) (k int NOT NULL, pad text NOT NULL);
      ALTER TABLE t\(width) ALTER pad SET STORAGE plain;
      INSERT INTO t\(width)
        SELECT \(key), repeat('x', \(width)) FROM generate_series(0, \(rows - 1)) AS i;
      CREATE INDEX ON t\(width) (k);
      VACUUM ANALYZE t\(width);
      """
    }.joined(separator: "\n")
  }

  private func number(_ text: String) throws -> Double {
    try #require(Double(text.filter { !$0.isWhitespace }))
  }

  @Test func neverReadsFewerThanOneRow() {
    let model = AccessCost(pages: 1_000, rows: 100_000, constants: CostConstants(EvidenceBook()))
    let none = model.indexAccess(matching: 0, keyWidth: 4, correlation: 0)
    #expect(none == model.indexAccess(matching: 1, keyWidth: 4, correlation: 0))
    #expect(none > CostConstants(EvidenceBook()).randomPage)
  }

  @Test func takesThePlannersConstantsFromTheCapturedSettings() {
    let fast = EvidenceBook(settings: [PlannerSetting(name: "random_page_cost", value: "1.1")])
    #expect(CostConstants(fast).randomPage == 1.1)
    #expect(CostConstants(fast).cpuTuple == 0.01)
    let model = AccessCost(pages: 1_000, rows: 100_000, constants: CostConstants(fast))
    let slow = AccessCost(pages: 1_000, rows: 100_000, constants: CostConstants(EvidenceBook()))
    #expect(
      model.indexAccess(matching: 500, keyWidth: 4, correlation: 0)
        < slow.indexAccess(matching: 500, keyWidth: 4, correlation: 0))
  }
}

extension Double {
  /// Whether the larger of both is at most so many times the smaller.
  func isWithin(_ factor: Double, of other: Double) -> Bool {
    max(self, other) <= factor * Swift.min(self, other)
  }
}
