import Catalog
import PlanModel
import SQLNames
import Statements

/// A column that the server has to convert before it can be compared, because no B-tree operator compares its type
/// with that of the other side.
struct TypeMismatch {
  /// The column.
  let column: String
  /// Its declared type.
  let type: ColumnType
  /// The type that it is converted to, as `format_type` prints it.
  let other: String
  /// The index that leads with the column and cannot serve.
  let index: IndexDefinition

  /// Types that a comparison converts a column to without being asked, and text, which people ask for.
  private static let conversions: [String: Set<String>] = [
    "smallint": numbers, "integer": numbers, "bigint": numbers,
    "numeric": ["real", "double precision"], "character": ["text"], "uuid": ["text"], "date": ["text"],
  ]
  private static let numbers: Set<String> = [
    "numeric", "real", "double precision", "text", "character varying",
  ]

  /// Families of PostgreSQL whose types B-tree operators compare with each other, where `pg_amop` was not read.
  private static let families: [Set<String>] = [
    ["smallint", "integer", "bigint"], ["real", "double precision"], ["text", "name"],
    ["date", "timestamp without time zone", "timestamp with time zone"],
  ]

  /// `nil` unless the column leads a valid index, the cast is around the column alone, and no operator compares
  /// the two types.
  init?(
    column: String, wrapping: [ColumnWrapping], relation: RelationEvidence?, database: DatabaseFacts
  ) {
    guard wrapping.count == 1, case .cast(let name) = wrapping[0], let known = relation?.column(column) else {
      return nil
    }
    let (type, other) = (ColumnType(text: known.type), ColumnType.printed(name))
    guard Self.conversions[type.base]?.contains(other) ?? false,
      !Self.areComparable(type.base, other, database),
      let index = relation?.indexes?.first(where: { Self.leads($0, column) })
    else { return nil }
    (self.column, self.type, self.other, self.index) = (column, type, other, index)
  }

  /// Whether the condition of a full scan is one.
  static func explains(_ predicate: ColumnPredicate, of scan: TestedScan, in query: DiagnosticCase) -> Bool {
    guard scan.isFull, let column = predicate.column else { return false }
    let mismatch = TypeMismatch(
      column: column.name, wrapping: predicate.wrapping, relation: scan.relation,
      database: query.evidence.database)
    return mismatch != nil
  }

  private static func leads(_ index: IndexDefinition, _ column: String) -> Bool {
    index.isValid && index.predicate == nil && index.accessMethod.hasPrefix("btree")
      && index.leadingColumns.first == column
  }

  private static func areComparable(_ left: String, _ right: String, _ database: DatabaseFacts) -> Bool {
    guard let pairs = database.comparableTypes, !pairs.isEmpty else {
      return families.contains { $0.contains(left) && $0.contains(right) }
    }
    return pairs.contains(TypePair(left, right)) || pairs.contains(TypePair(right, left))
  }

  /// How it is known that no operator compares the types.
  static func source(_ database: DatabaseFacts) -> String {
    database.comparableTypes?.isEmpty ?? true ? "by PostgreSQL's operator families" : "by pg_amop"
  }
}

// MARK: The condition to write

extension TypeMismatch {
  /// A condition without the conversion of the column, and what it rests on.
  struct Rewriting {
    var text: String
    /// Where it may differ from the original; `nil` where it holds for the same rows.
    var condition: String?
  }

  /// The condition with what the column is compared with converted instead; `nil` where no row can match.
  func rewriting(_ predicate: ColumnPredicate) -> Rewriting? {
    let name = SQLIdentifier(column).quoted
    guard let symbol = predicate.comparison.symbol, let sides = PredicateSides(predicate) else { return nil }
    guard case .constant(let constant) = predicate.operand else {
      return Rewriting(
        text: "\(name) \(symbol) CAST(\(sides.operand) AS \(type.text))",
        condition: "\(sides.operand) must be a value of \(type.text): bind it as that type")
    }
    if let exact = exact(constant, predicate, name, symbol) { return exact }
    guard type.isNumeric, ExactNumber(constant.text) != nil else { return nil }
    return Rewriting(
      text: "\(name) \(symbol) \(constant.text)",
      condition: "\(other) holds about 15 digits: values that differ only behind them were equal before")
  }

  private func exact(
    _ constant: SQLConstant, _ predicate: ColumnPredicate, _ name: String, _ symbol: String
  ) -> Rewriting? {
    if type.isInteger, other != "text", other != "character varying" {
      return solved(constant, predicate.comparison, name).map { Rewriting(text: $0) }
    }
    guard symbol == "=", isCanonical(constant.text) else { return nil }
    let value = SQLLiteral(constant.text).quoted
    return Rewriting(
      text: type.isInteger ? "\(name) = \(constant.text)" : "\(name) = \(value)::\(type.base)",
      condition: type.base == "date" ? "DateStyle must be ISO, as it is by default" : nil)
  }

  /// A whole number bounds a whole-number column as the fraction does.
  private func solved(_ constant: SQLConstant, _ comparison: Statements.Comparison, _ name: String) -> String?
  {
    guard let value = ExactNumber(constant.text), let lower = value.roundedDown(toDecimals: 0),
      let text = lower.decimalText, abs(lower.numerator) < 1 << 53
    else { return nil }
    if lower == value { return comparison.symbol.map { "\(name) \($0) \(text)" } }
    switch comparison {
    case .greater, .greaterOrEqual: return "\(name) > \(text)"
    case .less, .lessOrEqual: return "\(name) <= \(text)"
    default: return nil
    }
  }

  /// Whether the text is how the type prints this value: another spelling equals no row.
  private func isCanonical(_ text: String) -> Bool {
    switch type.base {
    case "character": text.last != " "
    case "uuid": text.count == 36 && text.allSatisfy { $0 == "-" || $0.isHexDigit && !$0.isUppercase }
    case "date": CalendarSpan(text, .day) != nil
    default: Int(text).map { String($0) == text } ?? false
    }
  }
}
