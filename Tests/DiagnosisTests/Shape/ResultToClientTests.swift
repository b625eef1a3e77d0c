import Testing

@testable import Diagnosis

@Suite struct ResultToClientTests {
  @Test(arguments: [(102_400, false), (102_401, true)])
  func needsMoreThanAHundredMegabytes(_ rows: Int, _ fires: Bool) throws {
    let plan = """
      Seq Scan on public.logs  (cost=0.00..1.00 rows=1 width=1024) (actual time=0.010..50.000 rows=\(rows) loops=1)
      Execution Time: 51.000 ms
      """
    #expect(ResultToClient().examine(try DiagnosticCase(plan)).findings.isEmpty != fires)
  }

  @Test func claimsNoMoreThanTheRootsOwnTime() throws {
    let finding = try ResultToClient().finding(in: "fires-on-large-result")
    #expect(finding.impact.share < 0.9)
    #expect(finding.remedies[0].caveats[0].hasPrefix("It needs your yes"))
  }
}
