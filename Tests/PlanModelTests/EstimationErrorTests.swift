import PlanModel
import PlanReading
import Testing

@Suite struct EstimationErrorTests {
  /// Every threshold at it and just below.
  @Test(arguments: [
    (100.0, 100.0, 1.0, EstimationError.Direction.under, EstimationError.Band.none),
    (1000, 1999, 1.999, .under, .none),
    (1000, 2000, 2, .under, .minor),
    (1000, 500, 2, .over, .minor),
    (1000, 4999, 4.999, .under, .minor),
    (1000, 5000, 5, .under, .significant),
    (1000, 49999, 49.999, .under, .significant),
    (1000, 50000, 50, .under, .severe),
    (50, 1, 50, .over, .severe),
    (50, 0, 50, .over, .severe),
    (0, 2, 2, .under, .minor),
    (0, 0, 1, .under, .none),
  ])
  func putsARatioIntoItsBand(
    _ planRows: Double, _ rows: Double, _ ratio: Double, _ direction: EstimationError.Direction,
    _ band: EstimationError.Band
  ) {
    let error = EstimationError(planRows: planRows, rows: rows)
    #expect(error.ratio == ratio)
    #expect(error.direction == direction)
    #expect(error.band == band)
  }

  @Test(arguments: [
    ("Filter: (a > 1)\n  Rows Removed by Filter: 30", 0.75, 60.0),
    ("Filter: (a > 1)", 0, 0),
    ("Filters: (a > 1)\n  Rows Filtered: 10", 0.5, 20),
  ])
  func measuresWhatAFilterThrewAway(_ lines: String, _ waste: Double, _ total: Double) throws {
    let node = try PlanReader.readAnswer(
      "Seq Scan on t  (cost=0.00..1.00 rows=1 width=4) (actual rows=10 loops=2)\n  \(lines)\n"
    ).plan.root
    #expect(node.filterWaste == waste)
    #expect(node.rowsFilteredTotal == total)
    #expect(node.rowsTotal == 20)
  }

  @Test func knowsNoWasteWithoutAFilter() throws {
    let node = try PlanReader.readAnswer("Seq Scan on t (actual rows=10 loops=2)\n").plan.root
    #expect(node.filterWaste == nil)
  }

  @Test func tracesAnErrorToTheLowestNodeThatHasIt() throws {
    let plan = try PlanReader.readAnswer(
      """
      Hash Join  (cost=1.00..2.00 rows=10 width=4) (actual rows=5000 loops=1)
        ->  Seq Scan on a  (cost=1.00..2.00 rows=100 width=4) (actual rows=100 loops=1)
        ->  Hash  (cost=1.00..2.00 rows=20 width=4) (actual rows=200 loops=1)
              ->  Seq Scan on b  (cost=1.00..2.00 rows=20 width=4) (actual rows=200 loops=1)
      """
    ).plan
    #expect(plan.originsOfError() == [3, nil, 3, 3])
  }

  @Test func doesNotExplainAnErrorByASmallerOneOrByOneInTheOtherDirection() throws {
    let plan = try PlanReader.readAnswer(
      """
      Hash Join  (cost=1.00..2.00 rows=10 width=4) (actual rows=5000 loops=1)
        ->  Seq Scan on a  (cost=1.00..2.00 rows=100 width=4) (actual rows=499 loops=1)
        ->  Hash  (cost=1.00..2.00 rows=2000 width=4) (actual rows=20 loops=1)
              ->  Seq Scan on b  (cost=1.00..2.00 rows=2000 width=4) (actual rows=20 loops=1)
      """
    ).plan
    #expect(plan.originsOfError() == [0, 1, 3, 3])
  }

  @Test func tracesAnErrorAcrossANodeWhoseRowsSayNothing() throws {
    let plan = try PlanReader.readAnswer(
      """
      Merge Join  (cost=1.00..2.00 rows=10 width=4) (actual rows=5000 loops=1)
        ->  Sort  (cost=1.00..2.00 rows=10 width=4) (actual rows=900 loops=1)
              ->  Seq Scan on a  (cost=1.00..2.00 rows=10 width=4) (actual rows=900 loops=1)
        ->  Index Scan using i on b  (cost=1.00..2.00 rows=10 width=4) (actual rows=10 loops=1)
      """
    ).plan
    #expect(plan.originsOfError() == [2, nil, 2, nil])
  }
}
