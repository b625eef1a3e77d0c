import Catalog
import SQLNames

/// A column that has another number of distinct values than the planner takes it to have.
struct WrongDistinct {
  /// plan-math.md, "n_distinct": compare with COUNT(DISTINCT), over 2x.
  static let leastRatio = 2.0
  /// From this share of the rows on ANALYZE takes the number to grow with the table (`compute_distinct_stats`
  /// in `analyze.c`).
  static let growingShare = 0.1

  let table: QualifiedName
  let column: String
  /// What the planner reckons with.
  let used: Double
  /// `count(DISTINCT …)`.
  let counted: Double
  let method: CountMethod
  /// Rows of the table.
  let rows: Double
  /// `n_distinct` as `pg_stats` has it.
  let recorded: Double

  /// `nil` where the distinct values were not counted, or are as many within 2x.
  init?(_ column: ColumnStatistics, of relation: RelationEvidence, used: Double, seen: Double? = nil) {
    let count = relation.distinctCount(of: [column.name])
    guard let counted = count?.value ?? seen, counted > 0, used > 0, let rows = relation.bestRowCount,
      let recorded = column.distribution?.nDistinct, max(counted / used, used / counted) > Self.leastRatio
    else { return nil }
    table = relation.name
    self.column = column.name
    self.used = used
    self.counted = counted
    method = count?.method ?? .exact
    self.rows = rows
    self.recorded = recorded
  }

  /// What to set: a number, or negative a share of the rows where the values grow with the table.
  var setting: Double {
    guard counted >= rows * Self.growingShare else { return counted.rounded() }
    return -min(1, (counted / rows * 10_000).rounded(.up) / 10_000)
  }
}

extension WrongDistinct: EstimateFault {
  static let rule = WrongNDistinct.name

  var subject: String { "\(table.label).\(column)" }

  private var name: String { "\(table.quoted).\(SQLIdentifier(column).quoted)" }

  func title(_ error: String) -> String {
    let ratio = Words.ratio(max(counted / used, used / counted))
    let direction = counted > used ? "few" : "many"
    return "The planner counts \(ratio) too \(direction) distinct values of \(name) and missed by \(error)"
  }

  var observations: [String] {
    [
      """
      pg_stats.n_distinct of \(name) is \(Arithmetic.number(recorded)): \(Words.count(used)) distinct values; \
      count(DISTINCT …) finds \(Words.count(counted))\(method == .sampled ? " in a sample" : "").
      """
    ]
  }

  var measurements: [Measurement] {
    [
      Measurement("distinct values that the planner reckons with", used, source: "pg_stats.n_distinct"),
      Measurement("distinct values", counted, source: "count(DISTINCT \(column))"),
    ]
  }

  func falsifier(_ node: String) -> String {
    "with n_distinct set the estimate of \(node) is still off by 5x or more"
  }

  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    guard engine.hasTableMaintenance else { return [] }
    return [
      Remedy(
        .setDistinctValues(ColumnName(table, column), setting),
        rationale: """
          ANALYZE guesses the number of distinct values from a sample, and for values that come in runs it \
          guesses far too few; the counted number takes the place of the guess.
          """,
        caveats: [
          setting < 0
            ? "A negative number is a share of the rows: it grows with the table."
            : "The number does not grow with the table: count again when the table has doubled."
        ], expectation: expectation)
    ]
  }

  func noRemedy(for engine: EngineProfile) -> String? {
    engine.hasTableMaintenance
      ? nil
      : "No statement is advised: \(engine.name) does not let n_distinct be set. ANALYZE may guess better."
  }
}
