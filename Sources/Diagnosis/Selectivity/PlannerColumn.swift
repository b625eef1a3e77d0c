import Catalog

/// A column's statistics as the planner's formulas take them (`VariableStatData`).
struct PlannerColumn {
  let name: String
  let type: ValueType
  let distribution: ColumnDistribution?
  /// The role may not see the statistics that the planner has.
  let isHidden: Bool
  /// Rows of its table.
  let rows: Double
  let collation: Collation
  /// The B-tree that tells the present minimum and maximum.
  let index: String?
  /// A unique index on it alone.
  let isUnique: Bool
  /// Rows changed since ANALYZE, or it is not known whether any did.
  let isModified: Bool
  /// Most common values; `nil` where one of them cannot be read, or where they are not as many as their frequencies.
  let common: [ColumnValue]?
  /// Bounds of the histogram; `nil` where one of them cannot be read.
  let bounds: [ColumnValue]?

  /// A column of a table with so many rows.
  init(
    _ column: ColumnStatistics, rows: Double, collation: Collation = .bytes, index: String? = nil,
    isUnique: Bool = false, isModified: Bool = false
  ) {
    let type = ValueType(column.type)
    name = column.name
    self.type = type
    distribution = column.distribution
    isHidden = column.isHidden && column.distribution == nil
    self.rows = rows
    self.collation = collation
    self.index = index
    self.isUnique = isUnique
    self.isModified = isModified
    frequencies = (column.distribution?.mostCommonFrequencies ?? []).map(Self.stored)
    let values = Self.read(column.distribution?.mostCommonValues ?? [], type)
    common = values?.count == frequencies.count ? values : nil
    bounds = Self.read(column.distribution?.histogramBounds ?? [], type)
  }

  private static func read(_ texts: [String], _ type: ValueType) -> [ColumnValue]? {
    let values = texts.compactMap { ColumnValue($0, type: type) }
    return values.count == texts.count ? values : nil
  }

  /// Share of NULLs; 0 without statistics.
  var nullFrac: Double { Self.stored(distribution?.nullFrac ?? 0) }
  /// Frequencies of the most common values.
  let frequencies: [Double]
  /// Their sum.
  var commonSum: Double { frequencies.reduce(0, +) }

  /// `pg_statistic` holds `real`: 1.5 rows of 0.005 × 0.01 are a little less there, and round to 1.
  private static func stored(_ value: Double) -> Double { Double(Float(value)) }

  /// Distinct values (`get_variable_numdistinct`); `isDefault` where it is the planner's 200.
  var distinct: (count: Double, isDefault: Bool) {
    let stated =
      isUnique
      ? -(1 - nullFrac) : distribution.map { Self.stored($0.nDistinct) } ?? (type == .boolean ? 2 : 0)
    if stated > 0 { return (clampedRows(stated), false) }
    guard rows > 0 else { return (Self.assumedDistinct, true) }
    if stated < 0 { return (clampedRows(-stated * rows), false) }
    return rows < Self.assumedDistinct ? (clampedRows(rows), false) : (Self.assumedDistinct, true)
  }

  /// `DEFAULT_NUM_DISTINCT`.
  static let assumedDistinct = 200.0

  /// The share of one value among those that are in the histogram.
  var otherValueShare: Double {
    let others = distinct.count - Double(frequencies.count)
    return others > 1 ? 1 / others : 0
  }
}

/// Rounded, and at least one (`clamp_row_est`).
func clampedRows(_ rows: Double) -> Double { rows <= 1 ? 1 : rows.rounded(.toNearestOrEven) }
