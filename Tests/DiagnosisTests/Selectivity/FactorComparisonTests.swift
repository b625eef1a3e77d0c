import Catalog
import Testing

@testable import Diagnosis

@Suite struct FactorComparisonTests {
  private func comparison(_ condition: String, _ counts: [[String]: Double]) -> FactorComparison {
    let product = PlannerTable.sample.product(condition)
    let relation = RelationEvidence.table("t", rows: 10_000, pages: 100, counts: counts)
    return FactorComparison(ReproducedEstimate(tableRows: 10_000, product: product), counted: relation)
  }

  @Test func tellsCorrelationFromWrongFactors() {
    let comparison = comparison(
      "((skewed = 7) AND flag)",
      [["(skewed = 7)"]: 3_000, ["flag"]: 2_000, ["(skewed = 7)", "flag"]: 2_000])
    #expect(comparison.rows.allSatisfy { HandComputed("", 1).agrees(with: $0.ratio) })
    #expect(HandComputed("", 0.2 / 0.06).agrees(with: comparison.correlation))
    #expect(comparison.joint == 0.2)
  }

  @Test func namesTheFactorThatIsFurthestOff() {
    let comparison = comparison(
      "((skewed = 7) AND (even IS NULL))",
      [["(skewed = 7)"]: 30, ["(even IS NULL)"]: 4_000, ["(skewed = 7)", "(even IS NULL)"]: 12])
    #expect(comparison.worst?.predicates == ["(skewed = 7)"])
    #expect(HandComputed("", 0.01).agrees(with: comparison.worst?.ratio))
    #expect(HandComputed("", 1).agrees(with: comparison.correlation), "independent all the same")
  }

  @Test func saysNothingWhereACountIsMissing() {
    let comparison = comparison("((skewed = 7) AND flag)", [["flag"]: 2_000])
    #expect(comparison.correlation == nil)
    #expect(comparison.rows[0].ratio == nil)
    #expect(
      self.comparison("flag", [["flag"]: 2_000]).correlation == nil, "one condition has nothing to go with")
  }
}
