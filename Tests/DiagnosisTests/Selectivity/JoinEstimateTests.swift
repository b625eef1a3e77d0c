import Catalog
import Testing

@testable import Diagnosis

@Suite struct JoinEstimateTests {
  private static let unique = PlannerColumn(.sampled("id", distinct: -1), rows: 1_000)
  private static let sparse = PlannerColumn(.sampled("ref", nullFrac: 0.5, distinct: 200), rows: 4_000)
  private static let skewed = PlannerColumn(
    .sampled("kind", distinct: 12, common: ["1", "2"], frequencies: [0.5, 0.3]), rows: 1_000)
  private static let other = PlannerColumn(
    .sampled("kind", distinct: 6, common: ["1", "9"], frequencies: [0.4, 0.2]), rows: 1_000)
  private static let unknown = PlannerColumn(.unknown("a"), rows: 10_000)

  private func rows(_ kind: JoinEstimate.Kind, _ outer: PlannerColumn, _ inner: PlannerColumn) -> Double? {
    JoinEstimate(
      kind, outerRows: 4_000, innerRows: 1_000,
      keys: [.init(predicate: "(a.x = b.y)", outer: outer, inner: inner)]
    ).rows
  }

  @Test func dividesByTheLargerNumberOfDistinctValues() {
    // 4,000 × 1,000 × 0.5 / 1,000
    #expect(rows(.inner, Self.sparse, Self.unique) == 2_000)
    #expect(rows(.left, Self.sparse, Self.unique) == 4_000)
    #expect(rows(.inner, Self.unknown, Self.sparse) == 10_000)
  }

  @Test func meetsCommonValuesOneByOne() {
    // 0.5 × 0.4 match; of the left 0.3 and 0.2 are left, of the right 0.2 and 0.4.
    // Left: 0.3 × 0.4 / (6 − 2) + 0.2 × 0.6 / (6 − 1); right: 0.2 × 0.2 / (12 − 2) + 0.4 × 0.5 / (12 − 1).
    let share = EqualityJoin(outer: Self.skewed, inner: Self.other).innerJoin()
    #expect(HandComputed("", 0.2 + 0.004 + 0.2 / 11).agrees(with: share?.selectivity))
    #expect(share?.words == "0.2 of 1 common values on both sides + 0.022182 of all others")
  }

  @Test func takesTheShareOfRowsWithAPartnerInASemiJoin() {
    // 200 distinct values meet 1,000: each of the half that is not NULL has a partner.
    #expect(rows(.semi, Self.sparse, Self.unique) == 2_000)
    #expect(rows(.anti, Self.sparse, Self.unique) == 2_000)
    // 0.5 in the common value; of 11 others 5 are on the other side.
    let share = EqualityJoin(outer: Self.skewed, inner: Self.other).semiJoin(innerRows: 1_000)
    #expect(HandComputed("", 0.5 + 0.5 * 5 / 11).agrees(with: share?.selectivity))
    // A number of distinct values that is a guess counts for a half.
    #expect(rows(.semi, Self.unknown, Self.sparse) == 2_000)
  }

  @Test func multipliesSeveralKeys() {
    let keys = [
      JoinEstimate.Key(predicate: "(a.x = b.y)", outer: Self.sparse, inner: Self.unique),
      JoinEstimate.Key(predicate: "(a.k = b.k)", outer: Self.unknown, inner: Self.unknown),
    ]
    let estimate = JoinEstimate(.inner, outerRows: 4_000, innerRows: 1_000, keys: keys)
    #expect(estimate.rows == 10)
    #expect(
      estimate.sentence
        == "4,000 rows × 1,000 rows × 0.0000025 = 10 rows; (a.x = b.y): (1 − 0.5 NULL) × (1 − 0 NULL) / 1,000, the larger number of distinct values; (a.k = b.k): (1 − 0 NULL) × (1 − 0 NULL) / 200, the larger number of distinct values."
    )
  }

  @Test func aForeignKeyTakesThePlaceOfItsConditions() {
    let key = JoinEstimate.ForeignKey(
      name: "fk", referencedRows: 8_000, referencesInner: true, predicates: ["(a.x = b.y)"])
    let keys = [JoinEstimate.Key(predicate: "(a.x = b.y)", outer: Self.sparse, inner: Self.unique)]
    let inner = JoinEstimate(.inner, outerRows: 4_000, innerRows: 1_000, keys: keys, foreignKey: key)
    #expect(inner.rows == 500)
    #expect(inner.factors.map(\.words) == ["foreign key fk, 8,000 referenced rows"])
    #expect(JoinEstimate(.semi, outerRows: 4_000, innerRows: 1_000, keys: keys, foreignKey: key).rows == 500)
  }

  @Test(arguments: [
    // 200 combinations, but no more than a tenth of the rows; of these a tenth of the rows reaches 65 of 100.
    (1_000.0, 1_000.0, [20.0, 10.0], 100.0), (10_000, 10_000, [20, 10], 200), (1_000, 100, [20, 10], 65),
    (1_000, 1_000, [500, 10], 500), (1_000, 1_000, [5_000], 1_000), (1_000, 30, [500], 30),
  ])
  func countsGroups(_ table: Double, _ rest: Double, _ distinct: [Double], _ groups: Double) {
    let columns = distinct.map { GroupEstimate.Column(name: "c", distinct: $0) }
    let estimate = GroupEstimate(columns: columns, tableRows: table, remainingRows: rest, inputRows: rest)
    #expect(estimate.groups == groups, "\(estimate.sentence)")
  }

  @Test func aBooleanColumnDoublesTheGroups() {
    let columns = [
      GroupEstimate.Column(name: "a", distinct: 7),
      GroupEstimate.Column(name: "b", distinct: 2, isBoolean: true),
    ]
    let estimate = GroupEstimate(columns: columns, tableRows: 1_000, remainingRows: 1_000, inputRows: 1_000)
    #expect(estimate.groups == 14)
  }
}
