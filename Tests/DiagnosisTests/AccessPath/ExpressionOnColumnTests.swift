import Catalog
import Testing

@testable import Diagnosis

@Suite struct ExpressionOnColumnTests {
  private let rule = ExpressionOnColumn()

  @Test func printsTheConditionToWriteInstead() throws {
    let finding = try rule.finding(in: "fires-on-day-of-timestamptz")
    #expect(finding.blamedNodes == [0])
    #expect(finding.impact.milliseconds.map { $0 > 0 && $0 <= 120 } ?? false)
    #expect(
      finding.remedies.map(\.action) == [
        .changeStatement(
          "Write placed_at >= '2024-06-03'::date AND placed_at < '2024-06-03'::date + 1 instead of (placed_at)::date = '2024-06-03'::date"
        )
      ], "the cast depends on the session's time zone: no index can hold it")
    #expect(finding.cause.basis == .supportedByCatalog)
    #expect(finding.cause.explanation[0].contains("parcels_placed_at_idx (placed_at)"))
  }

  @Test(
    arguments: [
      ("fires-on-arithmetic", "Write total > 1420.16 instead of", "total * 1.19"),
      (
        "fires-on-month", "Write shipped_at >= DATE '2024-06-01' AND shipped_at < DATE '2024-07-01' instead",
        nil
      ),
      ("fires-on-document-member", nil, "doc ->> 'ref'::text"),
      ("fires-on-function-of-indexed-column", nil, "round(total, 0)"),
    ] as [(String, String?, String?)])
  func advisesWhatServes(_ stem: String, _ change: String?, _ key: String?) throws {
    let finding = try rule.finding(in: stem)
    let changes = finding.remedies.compactMap { remedy -> String? in
      if case .changeStatement(let text) = remedy.action { text } else { nil }
    }
    #expect(changes.count == (change == nil ? 0 : 1))
    if let change { #expect(changes[0].hasPrefix(change)) }
    if let key { #expect(finding.advisedKeys == "(\(key))") }
  }

  @Test func isSilentWhereAnIndexHoldsTheExpression() throws {
    let evidence = EvidenceBook.shop.changing("parcels") { parcels in
      parcels.indexes?.append(
        IndexDefinition(
          name: "parcels_ref", definition: "", keys: [IndexKey("(doc ->> 'ref'::text)", isExpression: true)]))
    }
    #expect(try rule.findings(in: "fires-on-document-member", evidence: evidence).isEmpty)
  }

  @Test func explainsTheFullScanSoThatOneOfBothAdvises() throws {
    let query = try DiagnosticCase(Fixture(rule: "ExpressionOnColumn", stem: "fires-on-day-of-timestamptz"))
    let ranked = RuleRegistry.examine(query).ranked()
    #expect(ranked.findings.first?.finding.rule == ExpressionOnColumn.name)
    #expect(ranked.findings.dropFirst().allSatisfy { $0.finding.remedies.isEmpty || $0.consequenceOf == nil })
    let scan = ranked.findings.first { $0.finding.rule == FullScanFilterWaste.name }
    #expect(scan == nil || scan?.consequenceOf == 1)
  }

  @Test func leavesAnUnindexedWellKnownFunctionToTheRuleOfFullScans() throws {
    let plan = try Fixture(rule: "FullScanFilterWaste", stem: "fires-on-expression").text()
    #expect(rule.examine(try DiagnosticCase(plan)).findings.isEmpty)
    let indexed = EvidenceBook.shop.changing("customers") {
      $0.indexes?.append(.index("customers_email", "email"))
    }
    let findings = rule.examine(try DiagnosticCase(plan, evidence: indexed)).findings
    #expect(
      findings.first?.advisedKeys == "(lower(email::text))"
        || findings.first?.advisedKeys == "(lower((email)::text))")
  }

  @Test(arguments: [(100_001, true), (100_000, false)])
  func needsMoreThanHalfOfTheRowsDiscarded(_ removed: Int, _ fires: Bool) throws {
    // Of 200,000 rows; the impact and the planner's costs are those of a scan that wants few by this condition.
    let plan = """
      Seq Scan on public.parcels  (cost=0.00..8669.00 rows=1000 width=10) (actual time=52.186..89.033 rows=\(200_000 - removed) loops=1)
        Filter: ((parcels.placed_at)::date = '2024-06-03'::date)
        Rows Removed by Filter: \(removed)
      Execution Time: 89.099 ms
      """
    let scans = TestedScan.wasteful(in: try DiagnosticCase(plan))
    #expect(scans.isEmpty != fires)
  }
}
