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
    let catalog = try await PlannerCatalog(database)
    let conditions = GeneratedConditions.make()
    let statements = conditions.map { "SELECT * FROM \($0.table) WHERE \($0.condition)" }
    var tally = EstimateTally()
    for (text, statement) in zip(try await Explained.plans(statements, in: database), statements) {
      let query = try DiagnosticCase(text, evidence: catalog.book)
      for node in query.plan.nodes.indices {
        guard let table = try query.plannerTable(of: node),
          query.plan.nodes[node].parent == nil || !text.contains("SubPlan"),
          let estimate = query.reproduce(scan: node, table)
        else { continue }
        tally.add(
          estimate.rows, planRows: query.planRows(of: node),
          "\(statement)\n\(estimate.sentences.joined(separator: "\n"))")
      }
    }
    print("Conditions: \(tally.summary)")
    print((tally.near + tally.unmodelled).joined(separator: "\n\n"))
    #expect(tally.count >= 250)
    #expect(tally.reproducedShare >= 0.95, "\(tally.wrong.joined(separator: "\n\n"))")
    #expect(tally.unmodelledShare <= 0.15, "\(tally.unmodelled.joined(separator: "\n\n"))")
  }
}

extension DiagnosticCase {
  /// What the planner knows of the table that a node scans.
  func plannerTable(of node: Int) throws -> PlannerTable? {
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
  private(set) var near: [String] = []
  private(set) var wrong: [String] = []
  private(set) var unmodelled: [String] = []

  mutating func add(_ rows: Double?, planRows: Double, _ description: String) {
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
}
