/// The rows of one statement's answer, every value in PostgreSQL's text format.
public struct Rows: Sendable, Equatable {
  /// Column names in order; an empty list when the statement returns no rows by its nature.
  public let columns: [String]
  /// Values row by row.
  let values: [String?]

  /// Rows given by their values, for answers that do not come from a server.
  public init(columns: [String], rows: [[String?]]) {
    self.columns = columns
    self.values = rows.flatMap { $0 }
  }

  init(columns: [String], values: [String?]) {
    self.columns = columns
    self.values = values
  }

  /// The values of a column in order; empty when there is no column of that name.
  public func column(_ name: String) -> [String?] {
    guard let index = columns.firstIndex(of: name) else { return [] }
    return map { $0[index] }
  }
}

extension Rows: RandomAccessCollection {
  /// Always 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { columns.isEmpty ? 0 : values.count / columns.count }

  /// A row by its place, counted from 0.
  public subscript(position: Int) -> Row {
    let start = position * columns.count
    return Row(columns: columns, values: values[start..<start + columns.count])
  }
}

/// One row of an answer.
public struct Row: Sendable, Equatable {
  /// Column names in order.
  public let columns: [String]
  let values: ArraySlice<String?>

  /// A value by its column's place, counted from 0; `nil` for NULL.
  public subscript(index: Int) -> String? { values[values.startIndex + index] }

  /// A value by its column's name; `nil` for NULL, and when there is no such column.
  public subscript(name: String) -> String? {
    columns.firstIndex(of: name).flatMap { self[$0] }
  }

  /// A value read as a number or another type whose Swift text is PostgreSQL's too.
  public subscript<Value: LosslessStringConvertible>(name: String, as type: Value.Type) -> Value? {
    self[name].flatMap(Value.init)
  }

  /// A value of type `boolean`, which PostgreSQL prints as `t` or `f`.
  public func bool(_ name: String) -> Bool? { self[name].map { $0 == "t" } }
}
