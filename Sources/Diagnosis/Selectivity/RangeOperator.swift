import Statements

/// `<`, `<=`, `>`, `>=`, with the column on the left.
enum RangeOperator: String, Equatable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// `nil` for any other comparison.
  init?(_ comparison: Statements.Comparison) {
    switch comparison {
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }

  /// It bounds the column from below.
  var isGreater: Bool { self == .greater || self == .greaterOrEqual }
  /// It takes the bound itself.
  var takesEqual: Bool { self == .lessOrEqual || self == .greaterOrEqual }

  /// Whether it holds between two values; `nil` without an order.
  func holds(_ a: ColumnValue, _ b: ColumnValue) -> Bool? {
    switch self {
    case .less: a.isLess(than: b)
    case .greater: b.isLess(than: a)
    case .lessOrEqual: b.isLess(than: a).map { !$0 }
    case .greaterOrEqual: a.isLess(than: b).map { !$0 }
    }
  }
}
