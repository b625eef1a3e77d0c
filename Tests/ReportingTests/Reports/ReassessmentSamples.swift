import Catalog
import Diagnosis
import PlanModel

@testable import Reporting

/// The report on orders after its index was built.
enum ReassessmentSamples {
  static let planText = """
    Nested Loop  (cost=0.71..3120.40 rows=4100 width=44) (actual time=0.052..171.300 rows=4200 loops=1)
      Output: o.id, o.total, c.name, o.created_at
      Inner Unique: true
      ->  Index Scan using orders_status_created_at_idx on public.orders o  (cost=0.42..912.00 rows=4100 width=28) (actual time=0.030..12.400 rows=4200 loops=1)
            Output: o.id, o.customer_id, o.status, o.total, o.note, o.created_at
            Index Cond: (o.status = 'pending'::text)
            Filter: (o.note <> 'a -- b --> c'::text)
            Rows Removed by Filter: 1
      ->  Index Scan using customers_pkey on public.customers c  (cost=0.29..0.53 rows=1 width=24) (actual time=0.035..0.036 rows=1 loops=4200)
            Output: c.id, c.name
            Index Cond: (c.id = o.customer_id)
    Query Identifier: -4467829837465123
    Planning Time: 0.901 ms
    Execution Time: 172.020 ms
    """

  static let evidence: EvidenceBook = {
    var evidence = OrdersReport.evidence
    evidence.relations[0].indexes?.append(
      IndexDefinition(
        name: "orders_status_created_at_idx",
        definition:
          "CREATE INDEX orders_status_created_at_idx ON public.orders USING btree (status, created_at)",
        keys: [IndexKey("status"), IndexKey("created_at")]))
    return evidence
  }()

  static let lookups: Finding = {
    var finding = OrdersReport.loop
    finding.title = "4,200 index lookups take most of the time"
    finding.key = ProblemKey("HighLoopLookups", "public.customers")
    finding.impact = Impact(milliseconds: 151.2, share: 151.2 / 172.02)
    finding.blamedNodes = [2]
    return finding
  }()

  static func capture(
    _ planText: String = planText,
    findings: RankedFindings = RankedFindings(findings: [], minor: [OrdersReport.stale])
  ) -> DiagnosticReport {
    DiagnosticReport(
      statement: ReportedStatement(original: OrdersReport.statement), plan: readPlan(planText),
      planText: planText,
      capture: .live, engine: .postgres, findings: findings, experiments: .skipped(.turnedOff),
      evidence: evidence,
      capturedAt: "2026-10-13 03:00:00 UTC", plandxVersion: "1.0.0")
  }

  /// The index did what was computed.
  static var kept: DiagnosticReport { capture() }

  /// The index is there, and the plan is the old one.
  static var unused: DiagnosticReport {
    capture(
      OrdersReport.planText, findings: RankedFindings(findings: OrdersReport.findings.findings))
  }

  /// The plan is better, returns other rows, and has a problem of its own.
  static var changedResult: DiagnosticReport {
    capture(
      planText.replacingFirst("rows=4200", with: "rows=4100"),
      findings: RankedFindings(findings: [RankedFinding(number: 1, finding: lookups, severity: .critical)]))
  }

  static func original() -> ReportText? {
    (try? MarkdownReport().text(of: OrdersReport.report)).flatMap { ReportText($0) }
  }

  static var all: [Reassessment] {
    guard let original = original() else { return [] }
    return [kept, unused, changedResult].map { Reassessment(of: original, new: $0) }
  }
}

extension String {
  /// The text with the first occurrence of a part replaced.
  func replacingFirst(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return replacingCharacters(in: range, with: other)
  }

  private func firstRange(of part: String) -> Range<String.Index>? {
    indices.lazy.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
  }

  private func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
