import PlanModel
import PlanReading
import Testing

@Suite struct EstimateComparabilityTests {
  private func reasons(_ text: String) throws -> [EstimateComparability.Reason?] {
    try PlanReader.readAnswer(text).plan.estimateComparability().map {
      if case .notComparable(let reason) = $0 { reason } else { nil }
    }
  }

  private static func line(_ name: String, _ rows: Int, _ actual: Int, loops: Int = 1) -> String {
    "\(name)  (cost=1.00..2.00 rows=\(rows) width=4) (actual rows=\(actual) loops=\(loops))"
  }

  @Test func comparesNothingBelowAFilledLimitUpToANodeThatReadsItsWholeInput() throws {
    let reasons = try reasons(
      """
      \(Self.line("Limit", 10, 10))
        ->  \(Self.line("Nested Loop", 5000, 10))
              ->  \(Self.line("Sort", 900, 3))
                    ->  \(Self.line("Seq Scan on a", 900, 20))
              ->  \(Self.line("Index Scan using i on b", 7, 4, loops: 3))
      """)
    #expect(reasons == [nil, .stoppedByLimit(0), .stoppedByLimit(0), nil, .stoppedByLimit(0)])
  }

  @Test func comparesBelowALimitThatHadRowsToSpare() throws {
    let reasons = try reasons(
      """
      \(Self.line("Limit", 10, 9))
        ->  \(Self.line("Seq Scan on a", 900, 9))
      """)
    #expect(reasons == [nil, nil])
  }

  @Test func comparesRowsBeyondAnEstimateWhoeverStoppedTheNode() throws {
    let reasons = try reasons(
      """
      \(Self.line("Limit", 5, 100))
        ->  \(Self.line("Nested Loop", 5, 100))
              ->  \(Self.line("Seq Scan on a", 900, 20))
              ->  \(Self.line("Index Scan using i on b", 1, 5, loops: 20))
      """)
    #expect(reasons == [nil, nil, .stoppedByLimit(0), nil])
  }

  @Test func comparesNoInnerSideThatStopsAtTheFirstMatch() throws {
    let reasons = try reasons(
      """
      \(Self.line("Nested Loop Semi Join", 10, 10))
        ->  \(Self.line("Seq Scan on a", 900, 900))
        ->  \(Self.line("Seq Scan on b", 900, 30, loops: 900))
      """)
    #expect(reasons == [nil, nil, .stoppedAtFirstMatch(0)])
  }

  @Test func comparesTheHashOfASemiJoin() throws {
    let reasons = try reasons(
      """
      \(Self.line("Hash Semi Join", 10, 10))
        ->  \(Self.line("Seq Scan on a", 900, 900))
        ->  \(Self.line("Hash", 900, 900))
              ->  \(Self.line("Seq Scan on b", 900, 900))
      """)
    #expect(reasons == [nil, nil, nil, nil])
  }

  @Test func comparesNoInputOfAMergeJoinButWhatASortBelowItRead() throws {
    let reasons = try reasons(
      """
      \(Self.line("Merge Join", 10, 10))
        ->  \(Self.line("Index Scan using i on a", 900, 900))
        ->  \(Self.line("Sort", 900, 30))
              ->  \(Self.line("Seq Scan on b", 900, 900))
      """)
    #expect(reasons == [nil, .mergeJoinInput(0), .mergeJoinInput(0), nil])
  }

  @Test func comparesBitmapIndexScansButNotTheirCombination() throws {
    let reasons = try reasons(
      """
      \(Self.line("Bitmap Heap Scan on a", 10, 10))
        ->  \(Self.line("BitmapAnd", 10, 0))
              ->  \(Self.line("Bitmap Index Scan on i", 900, 900))
              ->  \(Self.line("Bitmap Index Scan on j", 900, 900))
      """)
    #expect(reasons == [nil, .bitmapCombination, nil, nil])
  }

  @Test func comparesNoAverageThatIsRoundedToOneRow() throws {
    let reasons = try reasons(
      """
      \(Self.line("Nested Loop", 100, 100))
        ->  \(Self.line("Seq Scan on a", 100, 100))
        ->  \(Self.line("Index Scan using i on b", 30, 1, loops: 100))
      """)
    #expect(reasons == [nil, nil, .roundedAverage])
  }

  @Test func comparesAnAverageWithDecimals() throws {
    let reasons = try reasons(
      """
      Nested Loop  (cost=1.00..2.00 rows=100 width=4) (actual rows=100.00 loops=1)
        ->  Seq Scan on a  (cost=1.00..2.00 rows=100 width=4) (actual rows=100.00 loops=1)
        ->  Index Scan using i on b  (cost=1.00..2.00 rows=30 width=4) (actual rows=1.00 loops=100)
      """)
    #expect(reasons == [nil, nil, nil])
  }

  @Test func saysWhyNothingIsKnown() throws {
    let reasons = try reasons(
      """
      Append  (actual rows=0 loops=1)
        ->  Seq Scan on a  (cost=1.00..2.00 rows=30 width=4) (never executed)
        ->  Seq Scan on b  (cost=1.00..2.00 rows=30 width=4)
      """)
    #expect(reasons == [.noEstimate, .neverExecuted, .notAnalyzed])
  }

  @Test func comparesACTEOfWhichSomeReaderReadAll() throws {
    let reasons = try reasons(
      """
      \(Self.line("Append", 1010, 1010))
        CTE c
          ->  \(Self.line("Seq Scan on a", 900, 1000))
        ->  \(Self.line("Limit", 10, 10))
              ->  \(Self.line("CTE Scan on c", 900, 10))
        ->  \(Self.line("CTE Scan on c c_1", 900, 1000))
      """)
    #expect(reasons == [nil, nil, nil, .stoppedByLimit(2), nil])
  }

  @Test func comparesNoCTEWhoseReadersWereAllStopped() throws {
    let reasons = try reasons(
      """
      \(Self.line("Limit", 10, 10))
        CTE c
          ->  \(Self.line("Seq Scan on a", 900, 10))
        ->  \(Self.line("CTE Scan on c", 900, 10))
      """)
    #expect(reasons == [nil, .stoppedByLimit(0), .stoppedByLimit(0)])
  }

  @Test func comparesNoSubplanThatMayOnlyBeAskedForOneRow() throws {
    let reasons = try reasons(
      """
      \(Self.line("Result", 1, 1))
        InitPlan 1 (returns $0)
          ->  \(Self.line("Seq Scan on a", 900, 1))
        InitPlan 2 (returns $1)
          ->  \(Self.line("Aggregate", 1, 1))
                ->  \(Self.line("Seq Scan on b", 900, 30))
      """)
    #expect(reasons == [nil, .stoppedSubplan(1), .stoppedSubplan(2), nil])
  }
}
