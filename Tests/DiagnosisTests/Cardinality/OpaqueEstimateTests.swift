import Catalog
import Statements
import Testing

@testable import Diagnosis

@Suite struct OpaqueEstimateTests {
  private let rule = OpaqueEstimate()
  private let table = QualifiedName(schema: "public", name: "consignments")

  @Test func advisesStatisticsOfEachGuessedExpressionTheWorstFirst() throws {
    let finding = try rule.finding(in: "fires-on-two-expressions")
    #expect(
      finding.remedies.map(\.action)
        == ["(wide % 3)", "(id % 20)"].map {
          .createStatistics(StatisticsProposal(table: table, columns: [], kinds: [], expressions: [$0]))
        })
    #expect(finding.observations.count == 2)
    #expect(finding.observations[0].contains("reckons with 0.5% of the rows; it holds for 33.3%"))
  }

  @Test func takesTheRowsOfAFunctionFromItsDefinition() throws {
    let plan = """
      Nested Loop  (cost=14.49..1568.24 rows=2 width=0) (actual time=0.014..917.316 rows=13332 loops=1)
        ->  Function Scan on public.due_consignments d  (cost=0.00..10.00 rows=1000 width=4) (actual time=0.006..14.361 rows=60000 loops=1)
              Function Call: due_consignments('2024-01-01'::date)
        ->  Index Only Scan using moves_parcel_id_idx on public.moves m  (cost=0.49..5.24 rows=2 width=4) (actual time=0.003..0.009 rows=2 loops=60000)
              Index Cond: (m.parcel_id = d.id)
      Execution Time: 917.4 ms
      """
    var book = EvidenceBook.shop
    let function = FunctionEvidence(
      name: QualifiedName(schema: "public", name: "due_consignments"), arguments: "since date", rows: 1_000,
      cost: 100,
      volatility: .stable)
    book.functions = [function]
    let finding = try #require(rule.examine(try DiagnosticCase(plan, evidence: book)).findings.first)
    #expect(
      finding.remedies.map(\.action) == [
        .setFunctionRows(
          FunctionSignature(function.name, arguments: "since date"), rows: 60_000, before: 1_000)
      ])
    book.functions[0].hasSupport = true
    let supported = try #require(rule.examine(try DiagnosticCase(plan, evidence: book)).findings.first)
    #expect(!supported.remedies.contains { if case .setFunctionRows = $0.action { true } else { false } })
  }

  @Test(arguments: [
    ("(lower((o.email)::text) = 'x'::text)", "o", "lower((email)::text)"),
    (
      "(date_trunc('month'::text, (o.at)::timestamp with time zone) >= '2024-02-01 00:00:00+00'::timestamp with time zone)",
      "o", "date_trunc('month'::text, (at)::timestamp with time zone)"
    ),
    ("((\"My T\".\"Col A\" % 20) = 3)", "My T", "(\"Col A\" % 20)"),
    ("(\"right\"(t.line, 1) = ANY ('{0,4,6}'::text[]))", "t", "\"right\"(line, 1)"),
    ("(EXTRACT(year FROM t.opened) = '2022'::numeric)", "t", "EXTRACT(year FROM opened)"),
  ])
  func findsTheTestedExpression(_ condition: String, label: String, expression: String) throws {
    let predicate = try #require(PlanExpression.predicates(in: condition).first)
    #expect(predicate.text?.text == condition)
    #expect(TestedExpression.text(of: predicate, label: label) == expression)
  }
}
