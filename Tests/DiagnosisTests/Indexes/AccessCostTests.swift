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
      let pages = try await number(database, "SELECT relpages FROM pg_class WHERE relname = 't\(width)'")
      let indexPages = try await number(
        database, "SELECT relpages FROM pg_class WHERE relname = 't\(width)_k_idx'")
      let correlation = try await number(
        database, "SELECT correlation FROM pg_stats WHERE tablename = 't\(width)' AND attname = 'k'")
      let model = AccessCost(
        pages: pages, rows: Double(Self.rows), constants: CostConstants(EvidenceBook()))
      for wanted in Self.wanted {
        let plans = try await Self.plans(database, width: width, wanted: wanted)
        let path = AccessCost.Path(
          index: IndexSize(pages: indexPages, tuples: Double(Self.rows)), matching: plans.estimatedRows,
          correlation: correlation)
        let throughIndex = model.indexAccess(path)
        let label: Comment = "\(wanted) rows of width \(width): \(throughIndex) for \(plans)"
        #expect(model.sequentialScan().isWithin(1.001, of: plans.fullScan), label)
        // The plan prints its estimate in whole rows, which may round to one block fewer than the planner's.
        #expect(abs(throughIndex - plans.throughIndex) <= 0.02 * plans.throughIndex + 1, label)
        let isCloseCall = plans.throughIndex.isWithin(1.1, of: plans.fullScan)
        #expect(isCloseCall || (throughIndex < model.sequentialScan()) == plans.usesIndex, label)
      }
    }
  }

  @Test func knowsTheSizeOfAnIndexBeforeItIsBuilt() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: Self.sizesSchema)
    let answer = try await database.run(
      sql: """
        SELECT indexrelid::regclass, pg_relation_size(indexrelid) / 8192 FROM pg_index
        WHERE indrelid = 's'::regclass ORDER BY 1::text
        """)
    let pages = Dictionary(
      uniqueKeysWithValues: answer.split(separator: "\n").map { line in
        let parts = line.split(separator: "|")
        return (String(parts[0]), Double(parts[1]) ?? 0)
      })
    func part(_ width: Double, _ alignment: Double, isMerged: Bool = true) -> IndexSize.Part {
      IndexSize.Part(width: width, alignment: alignment, isMerged: isMerged)
    }
    let rows = Double(Self.rows)
    let table: [(String, [IndexSize.Part], Double, Bool)] = [
      ("unique_int", [part(4, 4)], rows, true),
      ("few_ints", [part(4, 4)], 20, true),
      ("several_ints", [part(4, 4)], 6_000, true),
      ("twice", [part(4, 4)], 30_000, true),
      ("text_key", [part(33, 1)], rows, true),
      ("two_columns", [part(4, 4), part(8, 8)], rows, true),
      ("few_texts", [part(9, 1)], 20, true),
      ("with_included", [part(4, 4), part(33, 1)], 20, false),
      ("amounts", [part(5, 1, isMerged: false)], 20, false),
    ]
    for (name, parts, distinct, isMerging) in table {
      let size = IndexSize(of: parts, rows: rows, distinct: distinct, isMerging: isMerging)
      let real = try #require(pages[name])
      #expect(size.pages.isWithin(1.3, of: real), "\(name): \(size.pages) for \(real)")
    }
  }

  static let sizesSchema = """
    CREATE TABLE s AS SELECT i, i % 20 AS few, i % 6000 AS several, i % 30000 AS twice, md5(i::text) AS text,
      'state ' || (i % 20) AS state, now() + i * interval '1 s' AS at, (i % 20)::numeric AS amount
      FROM generate_series(1, \(rows)) AS i;
    CREATE INDEX unique_int ON s (i); CREATE INDEX few_ints ON s (few); CREATE INDEX several_ints ON s (several);
    CREATE INDEX twice ON s (twice); CREATE INDEX text_key ON s (text); CREATE INDEX two_columns ON s (i, at);
    CREATE INDEX few_texts ON s (state); CREATE INDEX with_included ON s (few) INCLUDE (text);
    CREATE INDEX amounts ON s (amount);
    """

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

  private func number(_ database: ThrowawayDatabase, _ query: String) async throws -> Double {
    try #require(Double(try await database.run(sql: query).filter { !$0.isWhitespace }))
  }

  private func path(_ matching: Double) -> AccessCost.Path {
    AccessCost.Path(index: IndexSize(pages: 276, tuples: 100_000), matching: matching)
  }

  @Test func neverReadsFewerThanOneRow() {
    let model = AccessCost(pages: 1_000, rows: 100_000, constants: CostConstants(EvidenceBook()))
    let none = model.indexAccess(path(0))
    #expect(none == model.indexAccess(path(1)))
    #expect(none > CostConstants(EvidenceBook()).randomPage)
  }

  @Test func takesThePlannersConstantsFromTheCapturedSettings() {
    let fast = EvidenceBook(settings: [PlannerSetting(name: "random_page_cost", value: "1.1")])
    #expect(CostConstants(fast).randomPage == 1.1)
    #expect(CostConstants(fast).cpuTuple == 0.01)
    let model = AccessCost(pages: 1_000, rows: 100_000, constants: CostConstants(fast))
    let slow = AccessCost(pages: 1_000, rows: 100_000, constants: CostConstants(EvidenceBook()))
    #expect(
      model.indexAccess(path(500)) < slow.indexAccess(path(500)))
  }
}

extension Double {
  /// Whether the larger of both is at most so many times the smaller.
  func isWithin(_ factor: Double, of other: Double) -> Bool {
    max(self, other) <= factor * Swift.min(self, other)
  }
}
