import Catalog
import Foundation
import PlanModel
import PlanReading
import Testing
import ThrowawayServer

@testable import Diagnosis

/// The arithmetic against a real planner.
@Suite struct RestrictionEstimateServerTests {
  @Test func theRowsOfGeneratedConditionsAreThePlannersOwn() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: EstimateSchema.script)
    let conditions = GeneratedConditions.make()
    let statements = conditions.map { "SELECT * FROM \($0.table) WHERE \($0.condition)" }
    let tally = try await tally(statements, in: database)
    print("Conditions: \(tally.summary)")
    #expect(tally.count >= 250)
    tally.expectProof()
  }

  @Test func theRowsOfParallelScansAreThoseOfOneProcess() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: EstimateSchema.script)
    let statements = GeneratedConditions.make().filter { $0.table == "facts" }.prefix(60).map {
      "SELECT * FROM facts WHERE \($0.condition)"
    }
    let tally = try await tally(
      Array(statements), in: database,
      before: """
        SET min_parallel_table_scan_size = 0; SET min_parallel_index_scan_size = 0; SET parallel_setup_cost = 0;
        SET parallel_tuple_cost = 0; SET max_parallel_workers_per_gather = 3;
        """)
    #expect(tally.parallel > 20)
    tally.expectProof()
  }

  @Test func aGenericPlansParametersAreEstimatedAsAnyValue() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: EstimateSchema.script)
    let conditions = [
      "zipf = $1", "zipf <> $1", "zipf > $1", "zipf = ANY ($2)", "few = $1 AND uniform < $1", "word LIKE $3",
      "uniform BETWEEN $1 AND $1 + 5", "zipf IN ($1, 2, 3)", "sparse IS DISTINCT FROM $1", "abs(zipf) = $1",
    ]
    let names = conditions.indices.map { "p\($0)" }
    let prepare = zip(names, conditions).map {
      "PREPARE \($0) (int, int[], text) AS SELECT * FROM facts WHERE \($1);"
    }
    let tally = try await tally(
      names.map { "EXECUTE \($0) (1, '{1,2}', 'a%')" }, in: database,
      before: "SET plan_cache_mode = force_generic_plan;" + prepare.joined(separator: "\n"))
    #expect(tally.count == conditions.count)
    #expect(tally.unmodelled.isEmpty, "\(tally.unmodelled)")
    tally.expectProof()
  }

  /// Every scan of every plan, its estimate reproduced.
  private func tally(
    _ statements: [String], in database: ThrowawayDatabase, before: String = ""
  ) async throws -> EstimateTally {
    let catalog = try await PlannerCatalog(database)
    var tally = EstimateTally()
    let plans = try await Explained.plans(statements, in: database, before: before)
    for (text, statement) in zip(plans, statements) {
      let query = try DiagnosticCase(text, evidence: catalog.book)
      for node in query.plan.nodes.indices {
        guard let table = query.tableInServer(of: node), let estimate = query.reproduce(scan: node, table)
        else { continue }
        tally.add(
          estimate.rows, planRows: query.planRows(of: node), isParallel: estimate.parallelDivisor > 1,
          "\(statement)\n\(estimate.sentences.joined(separator: "\n"))\n\(text)")
      }
    }
    return tally
  }
}

extension DiagnosticCase {
  /// What the planner knows of the table that a node scans.
  func tableInServer(of node: Int) -> PlannerTable? {
    relation(of: node).map { PlannerTable(inServer: $0) }
  }
}

extension PlannerTable {
  /// A table of a server whose databases have the collation C.
  init(inServer relation: RelationEvidence) {
    let size = TableSize(pages: relation.statistics.currentPages ?? 0, types: relation.columns.map(\.type))
    self = PlannerTable(relation) ?? PlannerTable(relation, rows: size.rows)
    databaseCollation = "C"
    collations = ["title": "en-x-icu"]
  }
}

/// Plans of a server.
enum Explained {
  /// The plain plans of statements, each as text.
  static func plans(_ statements: [String], in database: ThrowawayDatabase, before: String = "") async throws
    -> [String]
  {
    let script = statements.map { "SELECT '@@@';\nEXPLAIN (VERBOSE) \($0);" }.joined(separator: "\n")
    let printed = try await database.run(sql: before + "\n" + script)
    let plans = printed.components(separatedBy: "@@@").dropFirst().map { String($0) }
    #expect(plans.count == statements.count)
    return plans
  }
}

/// How many reproductions were how close.
struct EstimateTally {
  private var within1 = 0
  private var within20 = 0
  private(set) var parallel = 0
  private(set) var near: [String] = []
  private(set) var wrong: [String] = []
  private(set) var unmodelled: [String] = []

  mutating func add(_ rows: Double?, planRows: Double, isParallel: Bool = false, _ description: String) {
    if isParallel { parallel += 1 }
    switch EstimateAgreement(rows, planRows: planRows) {
    case .reproduced(let deviation) where deviation <= 0.01: within1 += 1
    case .reproduced:
      within20 += 1
      near.append("\(rows ?? 0) for \(planRows): \(description)")
    case .notReproduced: wrong.append("\(rows ?? 0) instead of \(planRows): \(description)")
    case .notModelled: unmodelled.append(description)
    }
  }

  var count: Int { within1 + within20 + wrong.count + unmodelled.count }
  var reproducedShare: Double { 1 - Double(wrong.count) / Double(max(count - unmodelled.count, 1)) }
  var unmodelledShare: Double { Double(unmodelled.count) / Double(max(count, 1)) }
  var summary: String {
    "\(count): \(within1) within 1%, \(within20) more within 20%, \(unmodelled.count) not modelled, \(wrong.count) wrong"
  }

  /// What has a number has the right one, and most have a number.
  func expectProof() {
    #expect(reproducedShare >= 0.95, "\(wrong.joined(separator: "\n\n"))")
    #expect(unmodelledShare <= 0.15, "\(unmodelled.joined(separator: "\n\n"))")
  }
}
