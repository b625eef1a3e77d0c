import Testing

@testable import Diagnosis

@Suite struct HashResizeTests {
  private let rule = HashResize()

  @Test func followsFromTheEstimateOfItsInput() throws {
    let finding = try rule.finding(in: "fires-when-buckets-grew")
    #expect(finding.explainedBy == ProblemKey(EstimationError.name, "4"))
    #expect(finding.observations == ["It grew from 4,096 to 131,072 buckets while it was built."])
    #expect(finding.remedies.isEmpty && finding.noRemedy != nil)
  }

  /// A Hash of 1,000 ms that was planned for so many rows.
  private func plan(milliseconds: Double = 500, expected: Int = 200, from buckets: Int = 1_024) -> String {
    """
    Hash Join  (cost=1.00..2.00 rows=1000 width=8) (actual time=1.000..999.000 rows=1000 loops=1)
      Hash Cond: (a.id = b.id)
      ->  Seq Scan on public.a  (cost=0.00..1.00 rows=1000 width=8) (actual time=0.000..10.000 rows=1000 loops=1)
      ->  Hash  (cost=1.00..1.00 rows=\(expected) width=8) (actual time=\(milliseconds)..\(milliseconds) rows=1000 loops=1)
            Buckets: 2048 (originally \(buckets))  Batches: 1 (originally 1)  Memory Usage: 64kB
            ->  Seq Scan on public.b  (cost=0.00..1.00 rows=\(expected) width=8) (actual time=0.000..0.000 rows=1000 loops=1)
    Execution Time: 1000.000 ms
    """
  }

  @Test func firesFromFivePercentAndFiveTimesOn() throws {
    for (text, count) in [
      (plan(milliseconds: 50), 1), (plan(milliseconds: 49.9), 0), (plan(expected: 201), 0),
      (plan(from: 2_048), 0),
    ] {
      #expect(rule.examine(try DiagnosticCase(text)).findings.count == count, "\(text)")
    }
  }
}
