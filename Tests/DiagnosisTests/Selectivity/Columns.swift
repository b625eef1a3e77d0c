import Catalog
import Statements
import Testing

@testable import Diagnosis

extension ColumnStatistics {
  /// A column with the statistics that a formula needs.
  static func sampled(
    _ name: String, _ type: String = "integer", nullFrac: Double = 0, distinct: Double, common: [String] = [],
    frequencies: [Double] = [], bounds: [String] = []
  ) -> ColumnStatistics {
    ColumnStatistics(
      name: name, type: type, isNotNull: false,
      distribution: ColumnDistribution(
        nullFrac: nullFrac, nDistinct: distinct, avgWidth: 4, mostCommonValues: common,
        mostCommonFrequencies: frequencies, histogramBounds: bounds))
  }

  /// A column of a table that was never analyzed.
  static func unknown(_ name: String, _ type: String = "integer") -> ColumnStatistics {
    ColumnStatistics(name: name, type: type, isNotNull: false)
  }
}

extension PlannerTable {
  /// Ten thousand rows with columns of every kind.
  static let sample = PlannerTable.of(
    10_000,
    [
      .sampled("skewed", nullFrac: 0.1, distinct: 102, common: ["7", "8"], frequencies: [0.3, 0.2]),
      .sampled("capped", distinct: 5, common: ["1", "2", "3"], frequencies: [0.3, 0.3, 0.01]),
      .sampled("even", nullFrac: 0.2, distinct: 100, bounds: ["0", "10", "20", "30", "40"]),
      .sampled(
        "mixed", distinct: 52, common: ["5", "50"], frequencies: [0.2, 0.1], bounds: ["0", "20", "100"]),
      .sampled("flag", "boolean", nullFrac: 0.1, distinct: 2, common: ["f", "t"], frequencies: [0.7, 0.2]),
      .sampled("word", "text", distinct: -1, bounds: ["aa", "ba", "ca"]),
      .sampled("share", distinct: -0.5), .unknown("bare"), .unknown("bareFlag", "boolean"),
      .unknown("bareText", "text"),
    ])

  /// A table of a database with the collation C.
  static func of(_ rows: Double, _ columns: [ColumnStatistics], indexes: [IndexDefinition] = [])
    -> PlannerTable
  {
    var table = PlannerTable(
      .table("t", rows: rows, pages: 100, columns: columns, indexes: indexes), rows: rows)
    table.databaseCollation = "C"
    return table
  }

  /// The factor of one condition.
  func factor(_ condition: String) -> SelectivityFactor {
    let predicates = PlanExpression.predicates(in: condition)
    let estimator = ClauseEstimator(table: self, label: "t")
    return predicates.count == 1
      ? estimator.factor(predicates[0]) : SelectivityFactor(condition, notModelled: "not one")
  }

  /// The product of several.
  func product(_ condition: String) -> FactorProduct {
    ClauseEstimator(table: self, label: "t").product(of: PlanExpression.predicates(in: condition))
  }
}

/// A condition and the selectivity that was computed for it by hand.
struct HandComputed: Sendable, CustomTestStringConvertible {
  let condition: String
  let selectivity: Double?

  init(_ condition: String, _ selectivity: Double?) {
    self.condition = condition
    self.selectivity = selectivity
  }

  var testDescription: String { condition }

  /// Within what the digits of the expected number can tell.
  func agrees(with other: Double?) -> Bool {
    guard let selectivity, let other else { return selectivity == nil && other == nil }
    return abs(selectivity - other) < 1e-6
  }
}
