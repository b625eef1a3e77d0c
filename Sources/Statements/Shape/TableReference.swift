import Catalog

/// One item of a FROM clause.
public struct TableReference: Sendable, Hashable, Identifiable {
  /// What it is.
  public enum Kind: Sendable, Hashable {
    /// A table, view, materialised view or foreign table: only the catalog knows which.
    case table
    /// A name that a WITH clause defines, and the block that it stands for.
    case cte(block: Int)
    /// A sub-select, and its block.
    case subquery(block: Int)
    /// A function, by its name without schema.
    case function(String)
    /// Something else with rows: XMLTABLE, JSON_TABLE.
    case other
  }

  /// Index in ``StatementShape/tables``.
  public let id: Int
  /// The block whose FROM clause it stands in.
  public let block: Int
  /// What it is.
  public let kind: Kind
  /// As written; `nil` where the search path decides.
  public let schema: String?
  /// Without quotes; of a sub-select its alias.
  public let name: String
  /// Without quotes; `nil` where none is given.
  public let alias: String?
  /// Column names that the alias gives, as in `AS v(a, b)`.
  public let columnAliases: [String]
  /// ONLY: without inheritance children.
  public let isOnly: Bool
  /// TABLESAMPLE.
  public let isSampled: Bool
  /// LATERAL.
  public let isLateral: Bool
  /// Where the name stands, in bytes; `nil` where there is none.
  public let offset: Int?
  /// On the side of an outer join that may be filled with NULLs.
  public internal(set) var isNullable = false

  /// The name by which its columns are addressed; empty for a sub-select without alias.
  public var label: String { alias ?? name }
  /// Its name in the catalog, where it is a table.
  public var qualifiedName: QualifiedName { QualifiedName(schema: schema, name: name) }
}

/// A column as a statement mentions it.
public struct ColumnReference: Sendable, Hashable {
  /// Index in ``StatementShape/tables``; `nil` where the text alone does not tell which table has it.
  public let table: Int?
  /// The label of that table; without one, the qualifier as written.
  public let alias: String?
  /// What stands before the dot, as written.
  public let qualifier: String?
  /// Without quotes.
  public let name: String
  /// The table stands in a block further out.
  public let isOuter: Bool

  /// A column of a known label, for tests and for what EXPLAIN printed.
  public init(alias: String?, name: String) {
    self.init(table: nil, alias: alias, qualifier: alias, name: name, isOuter: false)
  }

  init(table: Int?, alias: String?, qualifier: String?, name: String, isOuter: Bool) {
    self.table = table
    self.alias = alias
    self.qualifier = qualifier
    self.name = name
    self.isOuter = isOuter
  }
}

/// A mention of a column and the clause that it stands in.
public struct ColumnUse: Sendable, Hashable {
  /// Where a column can stand.
  public enum Clause: Sendable, Hashable {
    case output, condition, join, grouping, having, ordering, window, other
  }

  /// The column.
  public let column: ColumnReference
  /// The block that mentions it.
  public let block: Int
  /// The clause that mentions it.
  public let clause: Clause
}
