/// How many different values, or combinations of values, a table has in some columns.
public struct DistinctCount: Sendable, Equatable, Codable {
  /// The columns; one, or several that were counted together.
  public var columns: [String]
  /// Different values; NULL counts as none, but among several columns as a value, as in `count(DISTINCT …)`.
  public var value: Double
  /// How it is known.
  public var method: CountMethod

  /// A count.
  public init(_ columns: [String], _ value: Double, method: CountMethod = .exact) {
    self.columns = columns
    self.value = value
    self.method = method
  }
}

/// The most frequent values of a column, by a grouped query. Customer data.
public struct FrequentValues: Sendable, Equatable, Codable {
  /// The column.
  public var column: String
  /// Value and rows, most frequent first; `nil` is NULL.
  public var values: [Entry]
  /// How it is known.
  public var method: CountMethod

  /// One value.
  public struct Entry: Sendable, Equatable, Codable {
    /// The value as text; `nil` is NULL.
    public var value: String?
    /// Rows that have it.
    public var rows: Double

    /// A value and its rows.
    public init(_ value: String?, rows: Double) {
      self.value = value
      self.rows = rows
    }
  }

  /// A column's most frequent values.
  public init(column: String, values: [Entry], method: CountMethod = .exact) {
    self.column = column
    self.values = values
    self.method = method
  }
}
