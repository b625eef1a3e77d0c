import Catalog
import PlanModel
import Testing
import ThrowawayServer

@testable import Diagnosis

/// The arithmetic of joins, groups and statistics over several columns against a real planner.
@Suite struct JoinEstimateServerTests {
  private static let keys = [
    "f.id = d.id", "f.zipf = d.zipf", "f.few = d.few", "f.sparse = d.sparse", "f.code = d.code",
    "f.day = d.day",
    "f.uniform = d.id", "f.few = d.few AND f.zipf = d.zipf", "f.zipf = b.zipf", "f.few = b.few",
    "d.zipf = b.zipf", "d.id < b.id",
  ]
  private static let methods = [
    "", "SET enable_hashjoin = off;", "SET enable_hashjoin = off; SET enable_mergejoin = off;",
  ]

  private static func statements(_ key: String, filter: Int) -> [String] {
    let tables = ["f": "facts f", "d": "dim d", "b": "bare b"]
    let names = ["f", "d", "b"].filter { key.contains("\($0).") }
    let (left, right) = (tables[names[0]] ?? "", tables[names[1]] ?? "")
    let few = "\(names[1]).few < \(filter)"
    return [
      "SELECT * FROM \(left) JOIN \(right) ON \(key)",
      "SELECT 1 FROM \(left) JOIN \(right) ON \(key) AND \(few)",
      "SELECT * FROM \(left) LEFT JOIN \(right) ON \(key)",
      "SELECT * FROM \(left) WHERE EXISTS (SELECT 1 FROM \(right) WHERE \(key) AND \(few))",
      "SELECT * FROM \(left) LEFT JOIN \(right) ON \(key) WHERE \(few) OR \(names[1]).few IS NULL",
      "SELECT * FROM \(left) WHERE NOT EXISTS (SELECT 1 FROM \(right) WHERE \(key))",
    ]
  }

  @Test func theRowsOfJoinsAreThePlannersOwn() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: EstimateSchema.script)
    let catalog = try await PlannerCatalog(database)
    let labels = ["f": "facts", "d": "dim", "b": "bare"]
    let tables = try labels.mapValues { PlannerTable(inServer: try catalog.relation($0)) }
    var tally = EstimateTally()
    for (number, method) in Self.methods.enumerated() {
      let statements = Self.keys.flatMap { Self.statements($0, filter: 2 + number) }
      let plans = try await Explained.plans(
        statements, in: database,
        before: "SET max_parallel_workers_per_gather = \(number == 0 ? 2 : 0);" + method)
      for (text, statement) in zip(plans, statements) {
        let query = try DiagnosticCase(text, evidence: catalog.book)
        let join = try #require(query.plan.nodes.indices.first { query.plan.nodes[$0].type.isJoin })
        let estimate = try #require(query.reproduce(join: join, tables: tables))
        tally.add(
          estimate.rows, planRows: query.planRows(of: join), "\(statement)\n\(estimate.sentence)\n\(text)")
      }
    }
    print("Joins: \(tally.summary)")
    #expect(tally.count >= 40)
    tally.expectProof()
  }

  @Test func theNumberOfGroupsIsThePlannersOwn() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: EstimateSchema.script)
    let table = PlannerTable(inServer: try await PlannerCatalog(database).relation("facts"))
    let lists = [
      ["few"], ["zipf"], ["sparse"], ["few", "zipf"], ["zipf", "uniform"], ["city", "zip", "few"],
      ["flag", "few"],
    ]
    let filters = ["true", "uniform < 100", "few = 1"]
    let cases = lists.flatMap { list in filters.map { (list, $0) } }
    let statements = cases.map {
      "SELECT \($0.0.joined(separator: ", ")) FROM facts WHERE \($0.1) GROUP BY \($0.0.joined(separator: ", "))"
    }
    let plans = try await Explained.plans(
      statements, in: database, before: "SET max_parallel_workers_per_gather = 0;")
    for (text, example) in zip(plans, cases) {
      let query = try DiagnosticCase(text)
      let scan = try #require(query.plan.nodes.indices.last { query.plan.nodes[$0].relation != nil })
      let estimate = GroupEstimate(
        columns: try example.0.map { name in
          let column = try #require(table.column(name))
          return .init(name: name, distinct: column.distinct.count, isBoolean: column.type == .boolean)
        }, tableRows: table.rows, remainingRows: query.planRows(of: scan), inputRows: query.planRows(of: scan)
      )
      let group = try #require(query.plan.nodes.indices.first { query.plan.nodes[$0][.groupKey] != nil })
      #expect(abs(estimate.groups / query.planRows(of: group) - 1) < 0.01, "\(estimate.sentence)\n\(text)")
    }
  }

  @Test func aForeignKeyAndDependentColumnsAreEstimatedAsThePlannerDoes() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE owner (id int PRIMARY KEY, region int);
        CREATE TABLE item (owner_id int REFERENCES owner, city text, zip text, few int);
        INSERT INTO owner SELECT i, i % 10 FROM generate_series(1, 2000) AS i;
        INSERT INTO item SELECT 1 + i % 50, 'city' || i % 100, 'zip' || (i % 100) / 2, i % 7 FROM generate_series(1, 20000) AS i;
        CREATE STATISTICS item_places (dependencies) ON city, zip FROM item;
        ANALYZE;
        """)
    let catalog = try await PlannerCatalog(database)
    let plans = try await Explained.plans(
      [
        "SELECT 1 FROM item JOIN owner ON owner.id = item.owner_id WHERE owner.region = 3",
        "SELECT 1 FROM item WHERE city = 'city8' AND zip = 'zip4' AND few = 3",
      ], in: database, before: "SET max_parallel_workers_per_gather = 0; SET enable_mergejoin = off;")
    var tables = [
      "item": PlannerTable(inServer: try catalog.relation("item")),
      "owner": PlannerTable(inServer: try catalog.relation("owner")),
    ]

    let joined = try DiagnosticCase(plans[0], evidence: catalog.book)
    let key = JoinEstimate.ForeignKey(
      name: "item_owner_id_fkey", referencedRows: 2_000, referencesInner: true,
      predicates: ["(item.owner_id = owner.id)", "(owner.id = item.owner_id)"])
    let join = try #require(joined.plan.nodes.indices.first { joined.plan.nodes[$0].type.isJoin })
    #expect(
      joined.reproduce(join: join, tables: tables, foreignKey: key)?.rows == joined.planRows(of: join),
      "\(plans[0])")

    tables["item"]?.extended = [
      ExtendedStatistics(
        name: "item_places", columns: ["city", "zip"],
        dependencies: [FunctionalDependency(from: ["city"], to: "zip", degree: 1)])
    ]
    let filtered = try DiagnosticCase(plans[1], evidence: catalog.book)
    let scan = try #require(filtered.reproduce(scan: 0, tables["item"]))
    let agreement = scan.agreement(with: filtered.planRows(of: 0))
    #expect(
      agreement.sentence.hasSuffix("is reproduced from the statistics."), "\(scan.sentence)\n\(plans[1])")
  }

  @Test func anInnerIndexScanIsEstimatedForAnyOneOuterRow() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: EstimateSchema.script)
    let catalog = try await PlannerCatalog(database)
    let plans = try await Explained.plans(
      [
        "SELECT * FROM dim d JOIN facts f ON f.uniform = d.few WHERE f.flag AND d.id < 9",
        "SELECT * FROM facts f WHERE f.code LIKE 'ORD-2024-0000%' AND f.few = 1",
        "SELECT * FROM facts f WHERE f.uniform = 7 OR f.day = '2021-02-03'",
      ], in: database,
      before:
        "SET max_parallel_workers_per_gather = 0; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off;"
    )
    for text in plans {
      let query = try DiagnosticCase(text, evidence: catalog.book)
      let scan = try #require(query.plan.nodes.indices.last { query.plan.nodes[$0].relation?.label == "f" })
      let table = PlannerTable(inServer: try catalog.relation("facts"))
      let estimate = try #require(query.reproduce(scan: scan, table))
      let agreement = estimate.agreement(with: query.planRows(of: scan))
      #expect(
        agreement.sentence.hasSuffix("is reproduced from the statistics."), "\(estimate.sentences)\n\(text)")
    }
  }

  @Test func theStatisticsOfAnExpressionsIndexAreTakenForTheExpression() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE t (name text);
        INSERT INTO t SELECT chr(65 + i % 3 * (i % 2)) || i % 4 FROM generate_series(1, 5000) AS i;
        CREATE INDEX t_lower_idx ON t (lower(name));
        ANALYZE t;
        """)
    let catalog = try await PlannerCatalog(database)
    var table = PlannerTable(inServer: try catalog.relation("t"))
    let query = try DiagnosticCase(
      try await Explained.plans(
        ["SELECT * FROM t WHERE lower(name) = 'a1'"], in: database,
        before: "SET enable_bitmapscan = off; SET enable_indexscan = off;")[0], evidence: catalog.book)
    #expect(query.reproduce(scan: 0, table)?.rows == nil, "the index has statistics")
    table.expressions["lower(name)"] = try await PlannerCatalog.indexColumn("t_lower_idx", in: database)
    #expect(query.reproduce(scan: 0, table)?.rows == query.planRows(of: 0))
  }
}
