import Catalog
import Diagnosis
import Foundation
import Postgres
import Statements
import Testing
import ThrowawayServer
import Workflow

/// Databases with one known fault each: does finding 1 name it, and does its SQL cure it?
@Suite(.serialized) struct PlantedFaultTests {
  static let faults = PlantedFault.selected().filter { !$0.isHealthy && $0.cause != "other" }
  static let withoutRemedy = PlantedFault.selected().filter { $0.isHealthy || $0.cause == "other" }

  /// `before − after ≥ 0.5 × (before − reference)`, the reference being the best of all candidates.
  static let leastYield = 0.5

  @Test(arguments: faults)
  func findsTheTrueCauseFirstAndItsSQLCuresIt(_ fault: PlantedFault) async throws {
    let database = try await SharedServer.shared.makeDatabase(script: fault.schema)
    let runs = WarmRuns(database: database, query: fault.query)
    let before = try await runs.median()
    // Before the candidates: ANALYZE updates pg_class in place, which no rollback takes back.
    let advice = try await Advice(on: fault, in: database)
    var reference = before
    for candidate in fault.candidates {
      reference = min(reference, try await runs.median(after: candidate))
    }
    #expect(advice.causes.contains(fault.cause), "finding 1 is \(advice.firstTitle)")
    let isAboutTheTable = advice.statements.contains {
      $0.contains(fault.table.split(separator: ".").last ?? "")
    }
    #expect(isAboutTheTable || fault.cause == "sort-spill", "advised \(advice.statements)")
    let after = try await advice.cured(runs, in: database)
    let yield = (before - after) / max(before - reference, 0.001)
    print(
      "planted fault \(fault.name): before \(before) ms, after \(after), reference \(reference), yield \(yield)"
    )
    #expect(yield >= Self.leastYield, "advised \(advice.statements)")
    #expect(advice.forbidden(fault.forbidden).isEmpty)
  }

  @Test(arguments: withoutRemedy)
  func advisesNothingWhereNothingOfItsKindHelps(_ fault: PlantedFault) async throws {
    let database = try await SharedServer.shared.makeDatabase(script: fault.schema)
    let advice = try await Advice(on: fault, in: database)
    #expect(advice.statements.isEmpty, "finding 1 is \(advice.firstTitle)")
  }

  @Test func everyHealthyCaseHasATwinThatFires() {
    let names = Set(Self.faults.map(\.name))
    let healthy = Self.withoutRemedy.filter(\.isHealthy)
    #expect(healthy.count >= 4)
    for fault in healthy { #expect(names.contains(fault.facts["twin"] ?? ""), "\(fault.name)") }
  }
}

/// What an analysis of a case advises.
struct Advice {
  /// Causes in the words of the cases that finding 1 may stand for.
  let causes: Set<String>
  let firstTitle: String
  /// The statements of finding 1, verbatim as the report prints them.
  let statements: [String]
  /// The statements of all findings.
  private let allStatements: [String]

  private static let causesByRule: [RuleName: Set<String>] = [
    FullScanFilterWaste.name: ["missing-filter-index", "missing-join-index"],
    UnindexedInner.name: ["missing-join-index", "missing-filter-index"],
    StaleStatistics.name: ["stale-statistics"],
    SortSpill.name: ["sort-spill"],
  ]

  init(on fault: PlantedFault, in database: ThrowawayDatabase) async throws {
    let session = try await Session.connect(ConnectionSettings(database: database.connectionString))
    let text = try StatementText(fault.query)
    let engine = EngineProfile.postgres
    let form = try await StatementPreparation(engine: engine, settings: []).rewriteForm(of: text, on: session)
    let request = CaptureRequest(statement: try Admission.admit(text, form: form), engine: engine)
    var options = AnalysisOptions()
    // Joins are varied elsewhere; here only a trial that decides about advice is worth its time.
    options.skipsExperiments = fault.cause != "sort-spill" && !fault.isHealthy
    let result = try await unchanged(session) {
      try await Analysis(request, options: options).run(on: session)
    }
    await session.close()
    let findings = result.findings.findings
    firstTitle = findings.first?.finding.title ?? "none"
    causes = findings.first.flatMap { Self.causesByRule[$0.finding.rule] } ?? []
    let printer = RemedySQL(engine: engine, evidence: result.evidence)
    let scripts = try findings.map { ranked in
      try ranked.finding.remedies.filter { $0.action != .reportBug }.flatMap {
        try printer.script(for: $0.action).statements
      }
    }
    statements = scripts.first ?? []
    allStatements = scripts.flatMap { $0 }
  }

  func forbidden(_ texts: [String]) -> [String] {
    texts.filter { text in allStatements.contains { $0.contains(text) } }
  }

  /// Pastes finding 1's statements and measures again; a SET stays in the session that measures.
  func cured(_ runs: WarmRuns, in database: ThrowawayDatabase) async throws -> Double {
    let settings = statements.filter { $0.hasPrefix("SET ") }
    for statement in statements where !statement.hasPrefix("SET ") {
      try await database.run(sql: statement)
    }
    return try await runs.median(after: settings.joined(separator: "\n"))
  }
}
