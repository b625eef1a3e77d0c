/// What bears on plans and on advice and belongs to the database, not to one table.
public struct DatabaseFacts: Sendable, Equatable, Codable {
  /// `datcollate`; `nil` where it was not read.
  public var collation: String?
  /// Extensions of this database.
  public var extensions: Set<String>
  /// Extensions that `CREATE EXTENSION` would find on the server, those of the database included; `nil` where
  /// that was not read.
  public var availableExtensions: Set<String>?
  /// Pairs of different types that a B-tree operator compares by `=` (`pg_amop`), as `format_type` prints them;
  /// `nil` where that was not read.
  public var comparableTypes: Set<TypePair>?

  /// Facts; nothing read yet.
  public init(
    collation: String? = nil, extensions: Set<String> = [], availableExtensions: Set<String>? = nil,
    comparableTypes: Set<TypePair>? = nil
  ) {
    self.collation = collation
    self.extensions = extensions
    self.availableExtensions = availableExtensions
    self.comparableTypes = comparableTypes
  }
}

/// The types on the left and on the right of an operator.
public struct TypePair: Sendable, Hashable, Codable {
  /// As `format_type` prints it.
  public var left: String
  /// As `format_type` prints it.
  public var right: String

  /// A pair.
  public init(_ left: String, _ right: String) {
    self.left = left
    self.right = right
  }
}
