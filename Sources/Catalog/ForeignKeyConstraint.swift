/// A foreign key, from `pg_constraint`.
public struct ForeignKeyConstraint: Sendable, Equatable, Codable {
  /// The constraint's name.
  public var name: String
  /// The table that refers.
  public var table: QualifiedName
  /// Its columns, in the constraint's order.
  public var columns: [String]
  /// The table that is referred to.
  public var referencedTable: QualifiedName
  /// Its columns, in the same order.
  public var referencedColumns: [String]
  /// Rows of the table that refers, by `pg_class.reltuples`; `nil` where it was never analyzed.
  public var rows: Double?
  /// Blocks of that table, by `pg_class.relpages`; `nil` where that was not seen.
  public var pages: Double?
  /// A valid index of the table that refers leads with ``columns``, in any order; `nil` where that was not seen.
  public var isIndexed: Bool?

  /// A foreign key.
  public init(
    name: String, table: QualifiedName, columns: [String], referencedTable: QualifiedName,
    referencedColumns: [String], rows: Double? = nil, pages: Double? = nil, isIndexed: Bool? = nil
  ) {
    self.name = name
    self.table = table
    self.columns = columns
    self.referencedTable = referencedTable
    self.referencedColumns = referencedColumns
    self.rows = rows
    self.pages = pages
    self.isIndexed = isIndexed
  }
}
