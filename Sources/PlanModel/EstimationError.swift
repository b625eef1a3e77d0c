/// How far the rows that a node returned are from what the planner expected, per loop.
public struct EstimationError: Sendable, Equatable {
  /// Whether the planner expected too few rows or too many.
  public enum Direction: Sendable, Equatable {
    case under, over
  }

  /// How serious a ratio is; a boundary belongs to the higher band.
  public enum Band: Int, Sendable, Equatable, Comparable {
    case none, minor, significant, severe

    /// By seriousness.
    public static func < (first: Band, second: Band) -> Bool { first.rawValue < second.rawValue }
  }

  /// Larger by smaller row count, each taken as at least 1; so it is at least 1.
  public let ratio: Double
  /// `under` where more rows came than expected.
  public let direction: Direction

  /// The error of an estimate of `planRows` where `rows` came, both per loop.
  public init(planRows: Double, rows: Double) {
    let expected = max(planRows, 1)
    let came = max(rows, 1)
    direction = came >= expected ? .under : .over
    ratio = max(came, expected) / min(came, expected)
  }

  /// The smallest ratio of each band above `none`.
  public static let thresholds: [(band: Band, ratio: Double)] = [
    (.severe, 50), (.significant, 5), (.minor, 2),
  ]

  /// How serious the error is.
  public var band: Band { Self.thresholds.first { ratio >= $0.ratio }?.band ?? .none }
}

extension PlanNode {
  /// Rows that the node returned over all loops; `nil` where it did not run.
  public var rowsTotal: Double? { actual.figures?.totalRows }

  /// Rows that the node's own filter discarded, over all loops; `nil` where it has none or did not run.
  public var rowsFilteredTotal: Double? {
    guard let loops = actual.figures?.loops, let removed = rowsRemovedByAnyFilter else { return nil }
    return removed * loops
  }

  /// The part of the rows read that the node's filter discarded, from 0 to 1; `nil` where it has none,
  /// did not run, or read nothing.
  public var filterWaste: Double? {
    guard let rows = actual.figures?.rows, let removed = rowsRemovedByAnyFilter, removed + rows > 0
    else { return nil }
    return removed / (removed + rows)
  }

  /// Rows removed per loop: `Rows Removed by Filter`, on Aurora DSQL's storage nodes `Rows Filtered`.
  /// TEXT prints no line where a filter removed nothing.
  private var rowsRemovedByAnyFilter: Double? {
    if let removed = rowsRemovedByFilter ?? number(.rowsFiltered) { return removed }
    return self[.filter] != nil || self[.storageFilters] != nil ? 0 : nil
  }
}
