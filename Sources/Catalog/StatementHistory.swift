/// What `pg_stat_statements` remembers of statements with the captured Query Identifier, all users of this
/// database together.
public struct StatementHistory: Sendable, Equatable, Codable {
  /// `queryid`, as EXPLAIN prints it.
  public var queryIdentifier: String
  /// Executions.
  public var calls: Double
  /// Milliseconds per execution.
  public var meanTime: Double
  /// Standard deviation of the milliseconds.
  public var deviation: Double
  /// Milliseconds of the fastest execution.
  public var leastTime: Double
  /// Milliseconds of the slowest execution.
  public var mostTime: Double
  /// Rows returned or changed, over all executions.
  public var rows: Double
  /// Since when it counts, as the server prints it; `nil` before PostgreSQL 14.
  public var since: String?
  /// Days since then; `nil` where ``since`` is.
  public var days: Double?

  /// What is remembered.
  public init(
    queryIdentifier: String, calls: Double, meanTime: Double, deviation: Double, leastTime: Double,
    mostTime: Double, rows: Double, since: String? = nil, days: Double? = nil
  ) {
    self.queryIdentifier = queryIdentifier
    self.calls = calls
    self.meanTime = meanTime
    self.deviation = deviation
    self.leastTime = leastTime
    self.mostTime = mostTime
    self.rows = rows
    self.since = since
    self.days = days
  }
}
