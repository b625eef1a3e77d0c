import LogReading
import PlanReading
import Testing

@testable import plandx

/// The table of `plandx batch --top`.
@Suite struct RankedTableTests {
  private func plan(_ number: Int, milliseconds: Double) -> AnalyzedPlan {
    let body = """
      Query Text: SELECT c\(number) FROM t
      Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)

      """
    let entry = LoggedPlan(offset: 0, duration: milliseconds, body: Array(body.utf8))
    let analysis = PlanAnalysis(engine: nil, showsAll: false, keepsLiterals: false)
    guard case .plan(let plan) = analysis.outcomes(of: entry).first else { preconditionFailure() }
    return plan
  }

  @Test func forgetsTheCheapestWhenItIsFullAndSaysSo() {
    var table = RankedTable(rows: 2, capacity: 3)
    for number in 0..<6 { table.take(plan(number, milliseconds: Double(number + 1))) }
    #expect(table.overflowNote == nil)
    table.take(plan(6, milliseconds: 0.5))
    #expect(
      table.overflowNote
        == "--top forgot 3 rows that had the least time so far (3 plans): counts and times of the others are lower bounds"
    )
    let rows = table.text.split(separator: "\n")
    #expect(rows.count == 3 && rows[1].contains("SELECT c5 FROM t") && rows[2].contains("SELECT c4 FROM t"))
  }

  @Test func countsThePlansOfAStatement() {
    var table = RankedTable(rows: 9)
    for milliseconds in [5.0, 1, 3] { table.take(plan(1, milliseconds: milliseconds)) }
    let cells = table.text.split(separator: "\n")[1].split(separator: " ")
    #expect(cells.prefix(6) == ["1", "3", "9.0", "3.0", "5.0", "1"])
  }
}
