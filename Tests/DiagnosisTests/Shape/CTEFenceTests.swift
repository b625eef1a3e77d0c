import Catalog
import Statements
import Testing

@testable import Diagnosis

@Suite struct CTEFenceTests {
  private let rule = CTEFence()

  @Test func asksToTakeTheFenceAway() throws {
    let finding = try rule.finding(in: "fires-when-materialized")
    #expect(finding.title == "CTE spent is computed in full, and over 99.9% of it is thrown away")
    #expect(
      finding.sentence == "Write NOT MATERIALIZED for the CTE spent, or repeat the condition inside it.")
    #expect(finding.cause.basis == .inferredFromPlan, "without the statement")
    #expect(finding.remedies[0].caveats.contains { $0.contains("volatile") })
  }

  @Test func saysThatEachReaderWillComputeItAnew() throws {
    let finding = try rule.finding(in: "fires-when-read-twice")
    #expect(finding.sentence?.contains("what its readers have in common") == true)
    #expect(finding.remedies[0].caveats.contains("It is then computed once for each of its 2 readers."))
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  /// A CTE of 1,000 rows that took so long of 1,000 ms, of which its reader keeps so many.
  private func plan(kept: Int, milliseconds: Double = 900) -> String {
    """
    CTE Scan on w  (cost=0.00..1.00 rows=9 width=8) (actual time=1.000..999.000 rows=\(kept) loops=1)
      Filter: (w.x = 1)
      Rows Removed by Filter: \(1_000 - kept)
      CTE w
        ->  Seq Scan on public.a  (cost=0.00..1.00 rows=1000 width=8) (actual time=0.000..\(milliseconds) rows=1000 loops=1)
    Execution Time: 1000.000 ms
    """
  }

  @Test func firesOverHalfOfTheRowsAndFromFivePercentOn() throws {
    for (text, count) in [
      (plan(kept: 499), 1), (plan(kept: 500), 0), (plan(kept: 0, milliseconds: 50), 1),
      (plan(kept: 0, milliseconds: 49), 0),
    ] {
      #expect(rule.examine(try DiagnosticCase(text)).findings.count == count, "\(text)")
    }
  }

  @Test(arguments: [("sum(o.total)", 1), ("random()", 0)])
  func leavesACTEWithAVolatileFunctionAlone(_ call: String, _ count: Int) throws {
    let sql = """
      WITH spent AS MATERIALIZED (SELECT o.customer_id, \(call) AS total FROM orders o GROUP BY o.customer_id) \
      SELECT s.total FROM spent s WHERE s.customer_id = 77
      """
    let query = try DiagnosticCase(
      Fixture(rule: "CTEFence", stem: "fires-when-materialized"), statement: sql)
    let findings = rule.examine(query).findings
    #expect(findings.count == count)
    #expect(findings.allSatisfy { $0.cause.basis == .supportedByCatalog })
  }
}
