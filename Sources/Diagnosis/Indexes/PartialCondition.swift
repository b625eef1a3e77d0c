import Catalog
import SQLNames
import Statements

/// Conditions that may stand behind the WHERE of a partial index.
extension ColumnPredicate {
  /// A column of more values names things (a customer, a tenant), and a constant in the statement is only one of
  /// them; a column of so few values says in what state a row is.
  static let mostStates = 10.0

  /// The condition as the WHERE of a partial index; `nil` where the value is a parameter or one of many.
  func state(of column: ColumnStatistics?) -> String? {
    guard let column, isBareColumn || wrapping == [.cast("text")], parameters.isEmpty, !hasSubSelect else {
      return nil
    }
    let name = SQLIdentifier(column.name).quoted
    switch comparison {
    case .isNull: return "\(name) IS NULL"
    case .isNotNull: return "\(name) IS NOT NULL"
    case .isTrue: return name
    case .isFalse: return "NOT \(name)"
    case .equal: return Self.hasFewValues(column) ? operand.literal.map { "\(name) = \($0)" } : nil
    case .notEqual: return Self.hasFewValues(column) ? operand.literal.map { "\(name) <> \($0)" } : nil
    default: return nil
    }
  }

  private static func hasFewValues(_ column: ColumnStatistics) -> Bool {
    guard let distinct = column.distribution?.nDistinct else { return false }
    return distinct > 0 && distinct <= mostStates
  }
}

extension Operand {
  /// A constant as SQL; `nil` for anything else.
  fileprivate var literal: String? {
    guard case .constant(let constant) = self else { return nil }
    return switch constant.kind {
    case .integer, .decimal: constant.text
    case .string: SQLLiteral(constant.text).quoted
    case .boolean: constant.text
    case .bits, .null: nil
    }
  }
}

extension StatementShape {
  /// Whether the statement itself holds the value with which a plan's condition compares this column: a
  /// parameter's value stands in the plan as well, and is another one next time.
  func holdsValue(of predicate: ColumnPredicate) -> Bool {
    let written = allPredicates.filter { $0.column?.name == predicate.column?.name }
    return !written.isEmpty && written.allSatisfy { $0.parameters.isEmpty && !$0.hasSubSelect }
  }

  private var allPredicates: [ColumnPredicate] { predicates.flatMap(\.withBranches) }
}

extension ColumnPredicate {
  fileprivate var withBranches: [ColumnPredicate] { [self] + branches.flatMap(\.withBranches) }
}
