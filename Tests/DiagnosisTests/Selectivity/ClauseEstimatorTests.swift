import Catalog
import Testing

@testable import Diagnosis

@Suite struct ClauseEstimatorTests {
  @Test(arguments: [
    HandComputed("(skewed = 7)", 0.3), HandComputed("(7 = skewed)", 0.3),
    // (1 − 0.5 − 0.1) / (102 − 2)
    HandComputed("(skewed = 9)", 0.004), HandComputed("(skewed <> 7)", 0.6),
    HandComputed("(skewed <> 9)", 0.896),
    // (1 − 0.1) / 102, and no more than the most common value.
    HandComputed("(skewed = $1)", 0.9 / 102), HandComputed("(skewed = o.x)", 0.9 / 102),
    HandComputed("(capped = 9)", 0.01), HandComputed("(capped = $1)", 0.2),
    HandComputed("(share = 9)", 1 / 5_000.0), HandComputed("(bare = 9)", 0.005),
    HandComputed("(bare <> 9)", 0.995),
    HandComputed("(even = skewed)", 0.005), HandComputed("(even <> skewed)", 0.995),
    HandComputed("((even + 1) = 7)", 0.005), HandComputed("(abs(even) = 7)", 0.005),
    HandComputed("((even)::bigint = 7)", 0.005), HandComputed("(skewed IS DISTINCT FROM 7)", 0.7),
    HandComputed("(NOT (skewed IS DISTINCT FROM 7))", 0.3),
  ])
  func sharesOfOneValue(_ expected: HandComputed) {
    let factor = PlannerTable.sample.factor(expected.condition)
    #expect(expected.agrees(with: factor.selectivity), "\(factor)")
  }

  @Test(arguments: [
    // Without NULLs 0.8 of the rows, of which 1.5 bins of 4 lie below 15, less one value in 100 for `<`.
    HandComputed("(even < 15)", 0.8 * (0.375 - 0.01)), HandComputed("(even <= 15)", 0.8 * 0.375),
    HandComputed("(even > 15)", 0.8 * 0.625), HandComputed("(even >= 15)", 0.8 * (0.625 + 0.01)),
    // The first bin is wider by one value.
    HandComputed("(even <= 5)", 0.8 * (0.125 + 0.01 * 0.5)),
    // A hundredth of a bin is the least.
    HandComputed("(even < '-5'::integer)", 0.8 * 0.0025), HandComputed("(even > 90)", 0.8 * 0.0025),
    HandComputed("(even < 90)", 0.8 * 0.9975),
    // 0.3 in common values, of which 5 is below 10 with 0.2; 0.25 of the histogram, and the first bin's 1/50.
    HandComputed("(mixed <= 10)", 0.7 * (0.25 + 0.02 * 0.5) + 0.2),
    HandComputed("(mixed > 20)", 0.7 * 0.5 + 0.1),
    HandComputed("(skewed > 7)", 0.4 * 0.5 + 0.2),
    HandComputed("(bare > 9)", 1 / 3.0), HandComputed("(even > $1)", 1 / 3.0),
    HandComputed("(even > skewed)", 1 / 3.0),
    HandComputed("(abs(even) > 7)", 1 / 3.0), HandComputed("(ROW(even, skewed) > ROW(15, 3))", 0.5),
  ])
  func sharesOfARange(_ expected: HandComputed) {
    let factor = PlannerTable.sample.factor(expected.condition)
    #expect(expected.agrees(with: factor.selectivity), "\(factor)")
  }

  @Test(arguments: [
    HandComputed("(even IS NULL)", 0.2), HandComputed("(even IS NOT NULL)", 0.8),
    HandComputed("(bare IS NULL)", 0.005),
    HandComputed("(bare IS NOT NULL)", 0.995), HandComputed("flag", 0.2), HandComputed("(NOT flag)", 0.8),
    HandComputed("(flag IS TRUE)", 0.2), HandComputed("(flag IS NOT TRUE)", 0.8),
    HandComputed("(flag IS FALSE)", 0.7),
    HandComputed("(flag IS NOT FALSE)", 0.3), HandComputed("(flag IS UNKNOWN)", 0.1),
    HandComputed("bareflag", nil),
    HandComputed("\"bareFlag\"", 0.5), HandComputed("(\"bareFlag\" IS TRUE)", 0.5),
    HandComputed("(hashed SubPlan 1)", 0.5), HandComputed("(NOT (hashed SubPlan 1))", 0.5),
    HandComputed("is_odd(even)", 0.3333333), HandComputed("CASE WHEN flag THEN true ELSE false END", 0.5),
  ])
  func sharesOfTruthAndNull(_ expected: HandComputed) {
    let factor = PlannerTable.sample.factor(expected.condition)
    #expect(expected.agrees(with: factor.selectivity), "\(factor)")
  }

  @Test(arguments: [
    HandComputed("(skewed = ANY ('{7,8}'::integer[]))", 0.5),
    HandComputed("(skewed = ANY ('{7,9,NULL}'::integer[]))", 0.304),
    HandComputed("(skewed = ANY (ARRAY[7, $1]))", 0.3 + 0.9 / 102),
    // Ten values that are not known: 1 − (1 − 0.2)^10.
    HandComputed("(capped = ANY ($1))", 0.8926258),
    // 1 − (1 − 0.6) − (1 − 0.7)
    HandComputed("(skewed <> ALL ('{7,8}'::integer[]))", 0.3),
    HandComputed("((skewed = 7) OR (even IS NULL))", 0.3 + 0.2 - 0.06),
    HandComputed("(NOT ((skewed = 7) AND (even IS NULL)))", 0.94),
    HandComputed("(((skewed = 7) AND flag) OR (even IS NULL))", 0.06 + 0.2 - 0.012),
  ])
  func sharesOfListsAndAlternatives(_ expected: HandComputed) {
    let factor = PlannerTable.sample.factor(expected.condition)
    #expect(expected.agrees(with: factor.selectivity), "\(factor)")
  }

  @Test(arguments: [
    // No prefix: five for `%` between, a fifth for a character, at most 1.
    HandComputed("(\"bareText\" ~~ '%ab%'::text)", 0.2),
    HandComputed("(\"bareText\" ~~ '%abc'::text)", 0.008),
    HandComputed("(\"bareText\" ~~ 'ab%'::text)", 0.005),
    HandComputed("(\"bareText\" !~~ 'ab%'::text)", 0.995),
    HandComputed("(\"bareText\" ~~ 'ab'::text)", 0.005), HandComputed("(\"bareText\" ~~ $1)", 0.005),
    HandComputed("(\"bareText\" ~ 'a.c$'::text)", 0.036),
    HandComputed("(\"bareText\" ~ '[ab]c'::text)", 0.25),
    HandComputed("(\"bareText\" ~ '(a)+'::text)", nil),
  ])
  func sharesOfPatternsWithoutStatistics(_ expected: HandComputed) {
    let factor = PlannerTable.sample.factor(expected.condition)
    #expect(expected.agrees(with: factor.selectivity), "\(factor)")
  }

  @Test func aUniqueIndexMakesItOneRow() {
    let table = PlannerTable.of(
      5_000, [.sampled("id", distinct: 300)], indexes: [.primaryKey("t_pkey", "id")])
    #expect(table.factor("(id = 7)").selectivity == 1 / 5_000.0)
    #expect(table.factor("(id = $1)").sentence == "(id = $1): a unique index, 1 / 5,000 rows = 0.0002")
  }

  @Test func readsFewerThanTwoHundredRowsAsThatManyDistinctValues() {
    #expect(PlannerTable.of(50, [.unknown("a")]).factor("(a = 7)").selectivity == 0.02)
    #expect(PlannerTable.of(0, [.unknown("a")]).factor("(a = 7)").selectivity == 0.005)
  }

  @Test func namesWhatItDoesNotModel() {
    let notModelled = [
      "(even > now())", "(word > 'é'::text COLLATE \"x\")", "(tags @> '{1}'::integer[])", "(missing = 1)",
      "(even = (SubPlan 1))", "starts_with(word, 'a'::text)",
      "(\"bareText\" @@ $1)", "st_intersects(word, word)",
    ]
    for condition in notModelled {
      let factor = PlannerTable.sample.factor(condition)
      #expect(factor.selectivity == nil, "\(factor)")
      #expect(factor.sentence.contains("not reproduced: "), "\(factor.sentence)")
    }
  }

  @Test func doesNotGuessTheOrderOfALanguage() {
    var table = PlannerTable.of(1_000, [.sampled("name", "text", distinct: -1, bounds: ["Ab", "ba"])])
    table.collations = ["name": "en-x-icu"]
    #expect(table.factor("(name < 'b'::text)").selectivity == nil)
    #expect(table.factor("(name = 'b'::text)").selectivity == 0.001)
  }

  @Test func takesTheStatisticsOfAnExpressionWhereTheyAreGiven() {
    var table = PlannerTable.of(
      1_000, [.sampled("name", "text", distinct: -1)],
      indexes: [
        IndexDefinition(name: "i", definition: "", keys: [IndexKey("lower(name)", isExpression: true)])
      ])
    #expect(table.factor("(lower(name) = 'b'::text)").selectivity == nil, "the index has statistics of it")
    table.expressions["lower(name)"] = .sampled(
      "lower", "text", distinct: 2, common: ["b"], frequencies: [0.4])
    #expect(HandComputed("", 0.4).agrees(with: table.factor("(lower(name) = 'b'::text)").selectivity))
  }

  @Test func doesNotKnowTheEndThatThePlannerReadFromAnIndex() {
    var table = PlannerTable.of(
      1_000, [.sampled("n", distinct: -1, bounds: ["0", "50", "100"])], indexes: [.index("i", "n")])
    #expect(table.factor("(n > 200)").selectivity == 0, "nothing changed since: nothing is above")
    table.relation.statistics.modifiedSinceAnalyze = 10
    #expect(table.factor("(n > 200)").selectivity == nil)
    #expect(table.factor("(n > 20)").selectivity != nil)
  }

  @Test(arguments: [
    ("(skewed = 7)", "(skewed = 7): most common value no. 1, its frequency = 0.3"),
    (
      "(skewed = 9)",
      "(skewed = 9): (1 − 0.5 in 2 most common values − 0.1 NULL) / (102 − 2) other values = 0.004"
    ),
    (
      "(even <= 15)",
      "(even <= 15): (1 − 0 in common values − 0.2 NULL) × 0.375 ((1 + 0.5) / 4 bins below the value) + 0 of the common values = 0.3"
    ),
    ("(abs(even) > 7)", "(abs(even) > 7): an expression without statistics, DEFAULT_INEQ_SEL = 0.33333"),
  ])
  func saysTheArithmetic(_ condition: String, _ sentence: String) {
    #expect(PlannerTable.sample.factor(condition).sentence == sentence)
  }
}
