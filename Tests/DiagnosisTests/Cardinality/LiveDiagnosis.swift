import Catalog
import Foundation
import PlanModel
import PlanReading
import Testing
import ThrowawayServer

@testable import Diagnosis

/// A query of a real server with its plan, its catalog and its counts, as a rule sees them.
struct LiveDiagnosis {
  let query: DiagnosticCase

  /// - Parameter distinct: columns whose distinct values are counted, by table; several are counted together.
  init(
    _ sql: String, in database: ThrowawayDatabase, settings: String = "",
    distinct: [(table: String, columns: [String])] = [], functions: [FunctionEvidence] = []
  ) async throws {
    let plan = try await Self.quickest(
      "SET jit = off; SET max_parallel_workers_per_gather = 0; \(settings) EXPLAIN (ANALYZE, VERBOSE) \(sql)",
      in: database)
    let conditions = PlanConditions(plan)
    var book = EvidenceBook(
      relations: try await PlannerCatalog(database).relations,
      settings: [
        PlannerSetting(name: "work_mem", value: settings.contains("work_mem") ? "64" : "4096", unit: "kB")
      ])
    book.database.collation = "C"
    book.functions = functions
    for position in book.relations.indices {
      try await Self.count(plan, conditions, into: &book.relations[position], in: database)
    }
    for (table, columns) in distinct {
      let list = columns.joined(separator: ", ")
      let answer = try await database.run(
        sql: "SELECT count(*) FROM (SELECT DISTINCT \(list) FROM \(table)) d")
      guard let position = book.relations.firstIndex(where: { $0.name.name == table }) else { continue }
      book.relations[position].distinctCounts.append(DistinctCount(columns, Self.numbers(answer)[0]))
    }
    query = DiagnosticCase(
      plan: plan, conditions: conditions, statement: nil, evidence: book, engine: .postgres)
  }

  /// Of three runs: on a busy machine a node that had to wait for its turn hides what the others cost.
  private static func quickest(_ script: String, in database: ThrowawayDatabase) async throws -> ExplainedPlan
  {
    var plans: [ExplainedPlan] = []
    for _ in 1...3 {
      let lines = try await database.run(sql: script).split(separator: "\n").filter { $0 != "SET" }
      plans.append(try PlanReader.read(lines.joined(separator: "\n")).plan)
    }
    return try #require(plans.min { ($0.executionTime ?? 0) < ($1.executionTime ?? 0) })
  }

  /// All rows, each condition of the plan, and those of one node together.
  private static func count(
    _ plan: ExplainedPlan, _ conditions: PlanConditions, into relation: inout RelationEvidence,
    in database: ThrowawayDatabase
  ) async throws {
    for node in plan.nodes.indices where plan.nodes[node].relation?.name == relation.name.name {
      guard let label = plan.nodes[node].relation?.label else { continue }
      let texts = [PropertyKey.filter, .indexCond, .recheckCond].flatMap {
        conditions.predicates($0, of: node)
      }
      .filter { $0.isCountable(label: label) }.compactMap { $0.text?.text }
      let groups = texts.map { [$0] } + (texts.count > 1 ? [texts] : [])
      let counts = groups.map { "count(*) FILTER (WHERE \($0.joined(separator: " AND ")))" }
      let list = (["count(*)"] + counts).joined(separator: ", ")
      let answer = numbers(
        try await database.run(sql: "SELECT \(list) FROM \(relation.name.name) AS \(label)"))
      relation.rowCount = CountedRows(answer[0])
      relation.predicateCounts += zip(groups, answer.dropFirst()).map {
        PredicateCount(predicates: $0, rows: $1)
      }
    }
  }

  private static func numbers(_ line: String) -> [Double] {
    line.split { $0 == "|" || $0 == "\n" }.compactMap { Double($0) }
  }

  /// The finding that stands first among those of wrong estimates.
  var first: Finding? {
    RuleRegistry.examine(query).ranked().findings.map(\.finding).first { Self.rules.contains($0.rule) }
  }

  private static let rules: Set<RuleName> = [
    StaleStatistics.name, CorrelatedPredicates.name, Skew.name, WrongNDistinct.name, OpaqueEstimate.name,
    JoinSelectivity.name, RowGoal.name, EstimationError.name,
  ]

  /// The statements that the finding prints, those that put statistics right alone.
  func statements(of finding: Finding) throws -> [String] {
    let printer = RemedySQL(engine: .postgres, evidence: query.evidence)
    return try finding.remedies.filter { remedy in
      if case .changeStatement = remedy.action { false } else { true }
    }.flatMap { try printer.script(for: $0.action).statements }
  }

  /// How far the planner's estimate of a query's rows is from the rows.
  static func error(of probe: String, in database: ThrowawayDatabase) async throws -> Double {
    let plan = try PlanReader.read(
      try await database.run(sql: "EXPLAIN (ANALYZE, VERBOSE, TIMING OFF) \(probe)")
    ).plan
    let rows = plan.root.actual.figures?.rows ?? 0
    return PlanModel.EstimationError(planRows: plan.root.estimate?.planRows ?? 0, rows: rows).ratio
  }
}
