import Testing

@testable import Diagnosis

@Suite struct WideProjectionTests {
  private let rule = WideProjection()

  @Test func blamesTheScanThatStoresTheRows() throws {
    let finding = try rule.finding(in: "fires-on-stored-cte-of-every-column")
    #expect(finding.blamedNodes == [0])
    #expect(finding.measurements.map(\.value) == [248, 62])
    #expect(finding.impact.milliseconds.map { $0 < 60.717 } ?? false)
  }

  @Test(arguments: [(5_000, false), (5_001, true)])
  func needsRowsOverFiveThousandBytes(_ width: Int, _ fires: Bool) throws {
    let plan = """
      Sort  (cost=1.00..2.00 rows=100 width=\(width)) (actual time=40.000..50.000 rows=100 loops=1)
        Sort Key: o.note
        ->  Seq Scan on public.orders o  (cost=0.00..1.00 rows=100 width=\(width)) (actual time=0.002..26.372 rows=100 loops=1)
      Execution Time: 51.000 ms
      """
    #expect(rule.examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
  }

  @Test(arguments: [(49, false), (50, true)])
  func needsFiftyColumns(_ columns: Int, _ fires: Bool) throws {
    let output = (1...columns).map { "c\($0)" }.joined(separator: ", ")
    let plan = """
      Sort  (cost=1.00..2.00 rows=100 width=400) (actual time=40.000..50.000 rows=100 loops=1)
        Output: \(output)
        Sort Key: o.c1
        ->  Seq Scan on public.orders o  (cost=0.00..1.00 rows=100 width=400) (actual time=0.002..26.372 rows=100 loops=1)
      Execution Time: 51.000 ms
      """
    #expect(rule.examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
  }
}
