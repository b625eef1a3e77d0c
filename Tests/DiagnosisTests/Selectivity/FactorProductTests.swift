import Catalog
import Testing

@testable import Diagnosis

@Suite struct FactorProductTests {
  @Test(arguments: [
    HandComputed("((skewed = 7) AND flag)", 0.06),
    // Two bounds of one column: 0.8 × (0.625 + 0.01) + 0.8 × 0.875 − 1 + 0.2 NULL.
    HandComputed("((even >= 15) AND (even <= 35))", 0.508 + 0.7 - 1 + 0.2),
    HandComputed("((even >= 35) AND (even <= 5))", 0.005), HandComputed("((bare > 1) AND (bare < 5))", 0.005),
    HandComputed("((abs(even) > 1) AND (abs(even) < 5))", 0.005),
    // The tighter of two bounds on one side.
    HandComputed("((even <= 15) AND (even <= 25))", 0.3),
    HandComputed("((even <= 15) AND (mixed > 20))", 0.3 * 0.45),
    HandComputed("((skewed = 7) AND (missing = 1))", nil),
  ])
  func multipliesButAddsBounds(_ expected: HandComputed) {
    let product = PlannerTable.sample.product(expected.condition)
    #expect(expected.agrees(with: product.selectivity), "\(product.words)")
  }

  @Test func appliesFunctionalDependencies() {
    var table = PlannerTable.sample
    table.extended = [
      ExtendedStatistics(
        name: "s", columns: ["skewed", "capped"],
        dependencies: [FunctionalDependency(from: ["skewed"], to: "capped", degree: 0.9)])
    ]
    // 0.3 ≤ 0.3: 0.9 + 0.1 × 0.3 for the determined column, times 0.3 for the other.
    let even = table.product("((skewed = 7) AND (capped = 1))")
    #expect(HandComputed("", 0.93 * 0.3).agrees(with: even.selectivity), "\(even.words)")
    // 0.3 > 0.01: 0.9 × 0.01 / 0.3 + 0.1 × 0.01.
    let rare = table.product("((skewed = 7) AND (capped = 3) AND flag)")
    #expect(HandComputed("", 0.031 * 0.3 * 0.2).agrees(with: rare.selectivity), "\(rare.words)")
    #expect(
      HandComputed("", 0.3 * 0.3).agrees(with: table.product("((skewed = 7) AND (capped > 2))").selectivity)
        == false)
  }

  @Test func namesCommonCombinationsAsNotReproduced() {
    var table = PlannerTable.sample
    table.extended = [
      ExtendedStatistics(name: "s", columns: ["skewed", "capped"], hasCommonCombinations: true)
    ]
    let product = table.product("((skewed = 7) AND (capped = 1))")
    #expect(product.selectivity == nil)
    #expect(
      product.reasons == ["the most common combinations of the extended statistics s are not reproduced"])
    #expect(HandComputed("", 0.3).agrees(with: table.product("(skewed = 7)").selectivity))
  }

  @Test func saysTheMultiplication() {
    let product = PlannerTable.sample.product("((skewed = 7) AND (even >= 15) AND (even <= 35))")
    let estimate = ReproducedEstimate(tableRows: 10_000, product: product)
    #expect(estimate.sentence == "10,000 rows × 0.3 × (0.508 + 0.7 − 1 + 0.2 NULL) = 1,224 rows.")
  }

  @Test func roundsAndDividesAsThePlannerDoes() {
    let product = PlannerTable.sample.product("(skewed = 9)")
    #expect(ReproducedEstimate(tableRows: 10_000, product: product).rows == 40)
    #expect(ReproducedEstimate(tableRows: 10_000, product: product, parallelDivisor: 2.4).rows == 17)
    #expect(ReproducedEstimate(tableRows: 100, product: product).rows == 1)
    #expect(ReproducedEstimate(tableRows: 10_000, product: product, limit: 12).rows == 12)
  }

  @Test(arguments: [
    (100.0, 100.0, EstimateAgreement.reproduced(deviation: 0)), (120, 100, .reproduced(deviation: 0.2)),
    (121, 100, .notReproduced(deviation: 0.21)), (2, 1, .reproduced(deviation: 1)),
    (3, 1, .notReproduced(deviation: 2)),
  ])
  func saysWhetherThePlansNumberIsReproduced(
    _ rows: Double, _ planRows: Double, _ agreement: EstimateAgreement
  ) {
    #expect(EstimateAgreement(rows, planRows: planRows) == agreement)
    let isReproduced = if case .reproduced = agreement { true } else { false }
    #expect(agreement.sentence.contains("could not be reproduced") != isReproduced)
  }

  @Test func saysThatAMissingReproductionIsNone() {
    #expect(EstimateAgreement(nil, planRows: 5) == .notModelled)
    #expect(EstimateAgreement.notModelled.sentence.hasPrefix("The estimate could not be reproduced"))
  }
}
