/// A row of `pg_stats_ext`: what CREATE STATISTICS collected.
public struct ExtendedStatistics: Sendable, Equatable, Codable {
  /// The statistics object, with its schema where that is known.
  public var name: String
  /// Its columns, without quotes.
  public var columns: Set<String>
  /// `ndistinct` by sets of columns; empty where that kind was not built.
  public var distinct: [Set<String>: Double]
  /// Functional dependencies: how far the first columns determine the last one; empty where that kind was not
  /// built.
  public var dependencies: [FunctionalDependency]
  /// A list of the most common combinations was built.
  public var hasCommonCombinations: Bool

  /// Statistics over several columns.
  public init(
    name: String, columns: Set<String>, distinct: [Set<String>: Double] = [:],
    dependencies: [FunctionalDependency] = [], hasCommonCombinations: Bool = false
  ) {
    self.name = name
    self.columns = columns
    self.distinct = distinct
    self.dependencies = dependencies
    self.hasCommonCombinations = hasCommonCombinations
  }
}

/// How far columns determine another one.
public struct FunctionalDependency: Sendable, Equatable, Codable {
  /// The determining columns.
  public var from: Set<String>
  /// The determined column.
  public var to: String
  /// 0 to 1.
  public var degree: Double

  /// A dependency.
  public init(from: Set<String>, to: String, degree: Double) {
    self.from = from
    self.to = to
    self.degree = degree
  }
}
