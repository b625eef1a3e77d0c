import Catalog
import Testing

@testable import Diagnosis

@Suite struct TypeCoercionBypassTests {
  private let rule = TypeCoercionBypass()

  private func change(_ finding: Finding) -> String? {
    if case .changeStatement(let text)? = finding.remedies.first?.action { text } else { nil }
  }

  @Test func castsTheConstantNotTheColumn() throws {
    let number = try rule.finding(in: "fires-on-numeric-constant")
    #expect(number.title == "id of public.parcels is integer but compared as numeric")
    #expect(change(number) == "Write id = 777 instead of (id)::numeric = 777.0")
    #expect(number.advisedKeys == "((id)::numeric)")
    #expect(number.cause.basis == .supportedByCatalog)
    let text = try rule.finding(in: "fires-on-character-compared-as-text")
    #expect(change(text)?.hasPrefix("Write ref = 'A000000777'::character instead of") ?? false)
  }

  @Test func namesTheConditionUnderWhichAJoinMayBeWrittenSo() throws {
    let finding = try rule.finding(in: "fires-on-join-of-two-types")
    #expect(
      change(finding) == "Write id = CAST(p.order_no AS integer) instead of ((o.id)::numeric = p.order_no)")
    #expect(finding.remedies[0].caveats[0].hasPrefix("It needs your yes"))
    #expect(finding.advisedKeys == "((id)::numeric)")
    #expect(finding.blamedNodes.contains(1), "the scan of the table whose key is converted")
  }

  @Test func believesPgAmopWhereItWasRead() throws {
    var evidence = EvidenceBook.shop
    evidence.database.comparableTypes = [TypePair("integer", "numeric")]
    #expect(try rule.findings(in: "fires-on-numeric-constant", evidence: evidence).isEmpty)
    evidence.database.comparableTypes = [TypePair("integer", "bigint")]
    #expect(
      try rule.finding(in: "fires-on-numeric-constant", evidence: evidence).cause.explanation[0].contains(
        "pg_amop"))
  }

  @Test func needsAnIndexThatLeadsWithTheColumn() throws {
    let evidence = EvidenceBook.shop.changing("parcels") { $0.indexes = [.index("i", "status", "id")] }
    #expect(try rule.findings(in: "fires-on-numeric-constant", evidence: evidence).isEmpty)
  }

  @Test(
    arguments: [
      ("integer", "(t.c)::numeric = 5.5", nil),
      ("integer", "(t.c)::numeric > 5.5", "c > 5"),
      ("bigint", "(t.c)::double precision <= '7.2'::double precision", "c <= 7"),
      ("integer", "(t.c)::text = '42'::text", "c = 42"),
      ("integer", "(t.c)::text = '042'::text", nil),
      ("character(5)", "(t.c)::text = 'ab   '::text", nil),
      (
        "uuid", "(t.c)::text = '0a0b0c0d-0000-0000-0000-00000000000f'::text",
        "c = '0a0b0c0d-0000-0000-0000-00000000000f'::uuid"
      ),
      ("uuid", "(t.c)::text = '0A0B0C0D-0000-0000-0000-00000000000F'::text", nil),
    ] as [(String, String, String?)])
  func writesOnlyWhatHoldsForTheSameRows(_ type: String, _ printed: String, _ expected: String?) throws {
    let query = try DiagnosticCase(
      "Seq Scan on public.t  (cost=0.00..1.00 rows=1 width=4)\n  Filter: (\(printed))")
    let predicate = try #require(query.conditions.predicates(.filter, of: 0).first)
    let relation = RelationEvidence.table(
      "t", rows: 5_000, pages: 50, columns: [.column("c", type)], indexes: [.index("t_c", "c")])
    let mismatch = try #require(
      TypeMismatch(column: "c", wrapping: predicate.wrapping, relation: relation, database: DatabaseFacts()))
    #expect(mismatch.rewriting(predicate)?.text == expected)
  }
}
