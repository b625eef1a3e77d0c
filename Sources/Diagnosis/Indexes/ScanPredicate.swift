import Statements

/// One conjunct that a plan node evaluates, as far as an index is concerned.
struct ScanPredicate: Equatable {
  /// The conjunct as the plan prints it.
  var text: String
  /// The scan's own column that it compares, when that stands bare on one side; or an expression.
  var column: String?
  /// The column inside, where ``column`` is an expression that an index can hold.
  var expressionColumn: String?
  /// How a B-tree could use it.
  var use: Use
  /// The conjunct in its parts, for its estimate.
  var source: ColumnPredicate?
  /// The statement itself holds the compared value: no parameter brings another one next time.
  var isWritten = false
  /// The branches of an OR that an index of its own could serve each.
  var alternatives: [ScanPredicate] = []
  /// The compared value comes from another relation of the query or from a parameter of the plan, so it
  /// changes from loop to loop.
  var dependsOnOuter: Bool

  /// How a B-tree could use a predicate.
  enum Use: Equatable {
    /// Fixes the column to one value.
    case equality
    /// Fixes the column to a list of values: leads to the rows as equality does, but leaves what follows it
    /// in the index out of order.
    case membership
    /// Bounds the column from one side.
    case range
    /// No use: an expression, a pattern, an inequality.
    case none

    /// Leads to the rows of one value, or of a few.
    var isLookup: Bool { self == .equality || self == .membership }
  }
}
