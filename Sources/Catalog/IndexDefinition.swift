/// One index of a table, from `pg_index` and `pg_indexes`.
public struct IndexDefinition: Sendable, Equatable, Codable {
  /// Index name without quotes.
  public var name: String
  /// `pg_get_indexdef`, verbatim.
  public var definition: String
  /// `btree`, `gin`, … (`btree_index` and the like on other engines).
  public var accessMethod: String
  /// Key parts in order.
  public var keys: [IndexKey]
  /// INCLUDE columns.
  public var includedColumns: [String]
  /// UNIQUE.
  public var isUnique: Bool
  /// PRIMARY KEY.
  public var isPrimary: Bool
  /// `indisvalid`: a failed CONCURRENTLY build leaves false.
  public var isValid: Bool
  /// The WHERE of a partial index, as the server prints it.
  public var predicate: String?
  /// Bytes on disk; `nil` where the engine does not say.
  public var sizeBytes: Double?

  /// An index as the catalog describes it.
  public init(
    name: String, definition: String, accessMethod: String = "btree", keys: [IndexKey],
    includedColumns: [String] = [], isUnique: Bool = false, isPrimary: Bool = false,
    isValid: Bool = true, predicate: String? = nil, sizeBytes: Double? = nil
  ) {
    self.name = name
    self.definition = definition
    self.accessMethod = accessMethod
    self.keys = keys
    self.includedColumns = includedColumns
    self.isUnique = isUnique
    self.isPrimary = isPrimary
    self.isValid = isValid
    self.predicate = predicate
    self.sizeBytes = sizeBytes
  }

  /// The key columns in order, up to the first expression.
  public var leadingColumns: [String] {
    keys.prefix { !$0.isExpression }.map(\.text)
  }
}

/// One key part of an index.
public struct IndexKey: Sendable, Hashable, Codable {
  /// A column name without quotes, or an expression as the server prints it.
  public var text: String
  /// Whether ``text`` is an expression.
  public var isExpression: Bool
  /// `DESC`.
  public var isDescending: Bool
  /// NULLs before the other values.
  public var nullsFirst: Bool
  /// The operator class, where it is not the type's default: `text_pattern_ops`.
  public var operatorClass: String?

  /// A key part; a column in ascending order unless said otherwise. NULLs stand where the direction puts them.
  public init(
    _ text: String, isExpression: Bool = false, isDescending: Bool = false, nullsFirst: Bool? = nil,
    operatorClass: String? = nil
  ) {
    self.text = text
    self.isExpression = isExpression
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst ?? isDescending
    self.operatorClass = operatorClass
  }

  /// Whether NULLs stand where PostgreSQL puts them by default: last when ascending, first when descending.
  public var hasDefaultNulls: Bool { nullsFirst == isDescending }
}
