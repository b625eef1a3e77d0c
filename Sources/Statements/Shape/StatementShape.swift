import Catalog

/// What a statement reads, joins, filters, orders and returns: the one description that rules, evidence,
/// index proposals and rewrites read.
///
/// Blocks and tables refer to each other by their index in ``blocks`` and ``tables``.
public struct StatementShape: Sendable {
  /// The query and everything in it that has a SELECT of its own; the first is the statement itself.
  public internal(set) var blocks: [QueryBlock] = []
  /// Everything that stands in a FROM clause, in the order of the text within each block.
  public internal(set) var tables: [TableReference] = []
  /// The conditions of WHERE, ON and HAVING, split at AND.
  public internal(set) var predicates: [ColumnPredicate] = []
  /// Conditions that compare columns of two tables; USING and NATURAL included.
  public internal(set) var joins: [JoinCondition] = []
  /// EXISTS, IN (SELECT …), scalar and array sub-selects.
  public internal(set) var subLinks: [SubLink] = []
  /// Every mention of a column outside FROM, in the order of reading.
  public internal(set) var columns: [ColumnUse] = []
  /// The same for all statements that differ only in constants; empty where there is none.
  public let fingerprint: String
  /// The statement with its constants replaced by `$n`.
  public let normalized: String

  let source: ParsedStatement

  init(source: ParsedStatement, fingerprint: String, normalized: String) {
    self.source = source
    self.fingerprint = fingerprint
    self.normalized = normalized
  }

  /// The same shape, with columns assigned to tables by the catalog's knowledge.
  ///
  /// - Parameter columnNames: The column names of an ordinary table, or `nil` where they are not known.
  public func resolving(columnsOf columnNames: @escaping (QualifiedName) -> Set<String>?) -> StatementShape {
    LargeStack.run {
      ShapeReader.shape(
        of: source, fingerprint: fingerprint, normalized: normalized, columnNames: columnNames)
    }
  }

  /// The columns of a table that the statement mentions anywhere, or `nil` where it asks for all of them
  /// with `*` or where a column without qualifier may be one of them.
  public func columnsNeeded(from table: TableReference) -> Set<String>? {
    let isWhole = blocks.contains { $0.output.contains { $0.isStar(for: table) } }
    let isUnclear = columns.contains { $0.column.table == nil && $0.column.qualifier == nil }
    guard !isWhole, !isUnclear else { return nil }
    return Set(columns.filter { $0.column.table == table.id }.map(\.column.name))
  }

  /// The tables of one block, in the order of its FROM clause.
  public func tables(in block: QueryBlock) -> [TableReference] { tables.filter { $0.block == block.id } }

  /// The table that bears this label in the statement; `nil` where none or more than one does.
  public func table(labelled label: String) -> TableReference? {
    let matches = tables.filter { $0.label == label }
    return matches.count == 1 ? matches[0] : nil
  }
}
