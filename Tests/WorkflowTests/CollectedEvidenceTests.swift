import Catalog
import PlanModel
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Diagnosis
@testable import Workflow

/// Evidence that psql collected with the printed SQL is what a live run gathers.
@Suite(.serialized) struct CollectedEvidenceTests {
  /// Databases with one fault each, the smallest of every kind that an ordinary run has.
  static func chosen() -> [PlantedFault] {
    let all = PlantedFault.all.filter { $0.isCore && $0.schema.utf8.count < 2_500 }
    let kinds = Dictionary(grouping: all) { $0.name.prefix { $0 != "-" } }
    return kinds.keys.sorted().compactMap { kinds[$0]?.min { $0.schema.utf8.count < $1.schema.utf8.count } }
      .prefix(9).map(\.self)
  }

  @Test(arguments: chosen()) func givesTheFindingsOfALiveRun(_ fault: PlantedFault) async throws {
    let database = try await LoggedServer.makeDatabase(script: fault.schema)
    let session = try await LoggedSession(database).session
    let live = try await session.analyze(fault.query, limit: 0.000_001)
    let (plan, statement) = (live.capture.plan.plan, live.capture.request.statement)
    let script = try #require(EvidenceSQL(for: plan, statement: statement).text)
    let printed = try await database.run(sql: script)
    let collected = try CollectedEvidence(printed).book(for: plan, engine: .postgres)

    #expect(collected.relations == live.evidence.relations)
    #expect(
      collected.settings.filter { !Self.ofTheSession.contains($0.name) }
        == live.evidence.settings.filter { !Self.ofTheSession.contains($0.name) })
    #expect(collected.database == live.evidence.database && collected.functions == live.evidence.functions)
    #expect(examine(plan, statement, collected) == examine(plan, statement, live.evidence))
    #expect(collected.gaps.isEmpty)
  }

  private static let ofTheSession: Set<String> = ["search_path"]

  private func examine(_ plan: ExplainedPlan, _ statement: AdmittedStatement, _ book: EvidenceBook)
    -> [Finding]
  {
    let query = DiagnosticCase(
      plan: plan, conditions: PlanConditions(plan), statement: statement.shape, evidence: book,
      engine: .postgres)
    return RuleRegistry.examine(query).findings
  }

  // MARK: What does not fit

  private static let made = Task {
    try await LoggedServer.makeDatabase(
      script:
        "CREATE TABLE t (i int, j int); INSERT INTO t SELECT i, 1 FROM generate_series(1, 900) i; ANALYZE;")
  }

  private func collect(_ sql: String) async throws -> (plan: ExplainedPlan, printed: String) {
    let database = try await Self.made.value
    let plan = try await LoggedSession(database).session.capture(sql).plan.plan
    return (plan, try await database.run(sql: try #require(EvidenceSQL(for: plan).text)))
  }

  @Test func namesTheLineThatIsNoAnswer() async throws {
    let (_, printed) = try await collect("SELECT * FROM t WHERE j = 1")
    for (text, error) in [
      ("", CollectedEvidenceError.empty), ("SET\n", .empty),
      ("SET\n QUERY PLAN\n", .notAnAnswer(line: 2, text: " QUERY PLAN")),
      (
        printed.replacing("\"plandx_evidence\" : 1", with: "\"plandx_evidence\" : 7"),
        .otherVersion(line: 1, version: 7)
      ),
    ] {
      #expect(throws: error) { try CollectedEvidence(text) }
    }
    let twice = printed + printed
    let lines = printed.split(separator: "\n").count
    #expect(throws: CollectedEvidenceError.unexpected(line: lines + 1, topic: "server")) {
      try CollectedEvidence(twice)
    }
  }

  @Test func refusesTheCountsOfAnotherPlan() async throws {
    let (_, printed) = try await collect("SELECT * FROM t WHERE j = 1")
    let (other, _) = try await collect("SELECT * FROM t WHERE j = 1 AND i < 7")
    #expect(throws: CollectedEvidenceError.otherPlan(topic: "rows of public.t")) {
      try CollectedEvidence(printed).book(for: other, engine: .postgres)
    }
  }

  @Test func namesWhatWasNotAnswered() async throws {
    let (plan, printed) = try await collect("SELECT * FROM t WHERE j = 1")
    let without = printed.split(separator: "\n").filter { !$0.contains("\"topic\" : \"foreignKeys\"") }
    let book = try CollectedEvidence(without.joined(separator: "\n")).book(for: plan, engine: .postgres)
    #expect(book.gaps.map(\.missing) == ["foreign keys"])
    #expect(book.relations.first?.foreignKeys == nil && book.relations.first?.rowCount == CountedRows(900))
  }

  @Test func asksForAStatementsTablesWithoutItsPlan() async throws {
    let statement = try Admission.admit(
      StatementText("SELECT * FROM t a JOIN t b ON a.i = b.j, (SELECT 1) c"))
    let script = try #require(EvidenceSQL(for: statement).text)
    let printed = try await Self.made.value.run(sql: script)
    #expect(printed.split(separator: "\n").count == CatalogTopic.allCases.count + 1)
    #expect(EvidenceSQL(for: try Admission.admit(StatementText("SELECT 1"))).text == nil)
  }
}
