/// What EXPLAIN says about a node's execution.
public enum ActualExecution: Sendable, Equatable {
  /// No ANALYZE.
  case notReported
  /// `(never executed)`: the plan had the node, the run did not need it.
  case neverExecuted
  /// `(actual time=a..b rows=r loops=L)`.
  case executed(ActualFigures)

  /// The figures of a node that ran; `nil` otherwise.
  public var figures: ActualFigures? {
    if case .executed(let figures) = self { figures } else { nil }
  }
}

/// `(actual time=a..b rows=r loops=L)`. Times and rows are averages per loop.
public struct ActualFigures: Sendable, Equatable {
  /// Milliseconds per loop until the first row; `nil` with `TIMING OFF` and on Aurora DSQL's storage nodes.
  public var startupTime: Double?
  /// Milliseconds per loop until the last row; `nil` with `TIMING OFF` and on Aurora DSQL's storage nodes.
  public var totalTime: Double?
  /// Rows per loop: rounded to a whole number up to release 17.
  public var rows: Double
  /// How often the node ran; below a Gather, summed over processes.
  public var loops: Double
  /// Whether rows are printed with decimals (release 18 on): an average is then known to ±0.005 per loop.
  public var hasFractionalRows: Bool

  /// Figures as printed.
  public init(
    startupTime: Double? = nil, totalTime: Double? = nil, rows: Double, loops: Double,
    hasFractionalRows: Bool = false
  ) {
    self.startupTime = startupTime
    self.totalTime = totalTime
    self.rows = rows
    self.loops = loops
    self.hasFractionalRows = hasFractionalRows
  }

  /// Rows over all loops.
  public var totalRows: Double { rows * loops }
}
