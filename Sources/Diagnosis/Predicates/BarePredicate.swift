import Statements

/// The condition that tests a column bare and holds for exactly the same rows: what to write so that an index on
/// the column serves.
///
///     price + 10 > 100                →   price > 90
///     placed_at::date = '2024-06-03'  →   placed_at >= '2024-06-03' AND placed_at < '2024-06-04'
///
/// Only exact inversions: no integer division, no floating point, no months or days on `timestamptz`.
struct BarePredicate {
  let predicate: ColumnPredicate
  /// The column as SQL writes it.
  let column: String
  /// The column's type, where it is known.
  let type: ColumnType?
  private let sides: PredicateSides

  /// `nil` for a condition whose sides cannot be told apart.
  init?(_ predicate: ColumnPredicate, column: String, type: ColumnType?) {
    guard let sides = PredicateSides(predicate) else { return nil }
    self.predicate = predicate
    self.column = column
    self.type = type
    self.sides = sides
  }

  /// The condition as SQL; `nil` where there is none that holds for the same rows.
  var text: String? {
    arithmetic ?? BareTime(sides: sides, predicate: predicate, column: column, type: type).text
      ?? withoutDefault
  }

  // MARK: Arithmetic

  private var arithmetic: String? {
    guard let type, type.isInteger || type.isNumeric, case .constant(let constant) = predicate.operand,
      let value = ExactNumber(constant.text), !predicate.wrapping.isEmpty
    else { return nil }
    var solved = (comparison: predicate.comparison, value: value)
    for (position, layer) in predicate.wrapping.enumerated() {
      let isInnermost = position == predicate.wrapping.count - 1
      if isInnermost, case .cast(let name) = layer, Self.widens(type, to: name) { break }
      guard let next = Self.undone(layer, solved) else { return nil }
      solved = next
    }
    return onGrid(solved.comparison, solved.value, decimals: type.decimals)
  }

  /// A cast that changes no value.
  private static func widens(_ type: ColumnType, to name: String) -> Bool {
    name == "numeric" || type.isInteger && name == "int8"
  }

  private static func undone(
    _ layer: ColumnWrapping, _ solved: (comparison: Statements.Comparison, value: ExactNumber)
  ) -> (Statements.Comparison, ExactNumber)? {
    guard case .operator(let name, let operand, let columnIsLeft) = layer else { return nil }
    if case .none = operand, name == "-", let turned = solved.comparison.turned {
      return solved.value.negated.map { (turned, $0) }
    }
    guard case .constant(let constant) = operand, let number = ExactNumber(constant.text) else { return nil }
    switch (name, columnIsLeft) {
    case ("+", _): return solved.value.minus(number).map { (solved.comparison, $0) }
    case ("-", true): return solved.value.plus(number).map { (solved.comparison, $0) }
    case ("-", false):
      guard let turned = solved.comparison.turned else { return nil }
      return number.minus(solved.value).map { (turned, $0) }
    case ("*", _):
      guard let turned = number.isNegative ? solved.comparison.turned : solved.comparison else { return nil }
      return solved.value.divided(by: number).map { (turned, $0) }
    default: return nil
    }
  }

  /// A bound that the column's type can hold: a value between two of its numbers bounds as the lower one does.
  private func onGrid(_ comparison: Statements.Comparison, _ value: ExactNumber, decimals: Int?) -> String? {
    guard let decimals else { return value.decimalText.flatMap { compared(comparison, $0) } }
    guard let lower = value.roundedDown(toDecimals: decimals), let text = lower.decimalText else {
      return nil
    }
    guard lower != value else { return compared(comparison, text) }
    switch comparison {
    case .greater, .greaterOrEqual: return compared(.greater, text)
    case .less, .lessOrEqual: return compared(.lessOrEqual, text)
    // No row can equal it.
    default: return nil
    }
  }

  private func compared(_ comparison: Statements.Comparison, _ value: String) -> String? {
    comparison.symbol.map { "\(column) \($0) \(value)" }
  }

  // MARK: COALESCE

  /// `COALESCE(status, 'open') = 'new'`: NULL stands for a constant.
  private var withoutDefault: String? {
    guard predicate.wrapping.last == .function("coalesce"),
      predicate.wrapping.count == 1 || predicate.wrapping == [.cast("text"), .function("coalesce")],
      predicate.comparison == .equal, case .constant = predicate.operand,
      let fallback = Self.lastArgument(of: Self.uncast(sides.tested)).flatMap(Self.plainValue),
      let wanted = Self.plainValue(sides.operand)
    else { return nil }
    let test = "\(column) = \(sides.operand)"
    return fallback == wanted ? "(\(test) OR \(column) IS NULL)" : test
  }

  /// `(COALESCE(…))::text` without the cast that changes no byte.
  private static func uncast(_ text: String) -> String {
    text.hasSuffix(")::text") ? PrintedText.unbracketed(String(text.dropLast("::text".count))) : text
  }

  private static func lastArgument(of call: String) -> String? {
    guard call.uppercased().hasPrefix("COALESCE("), call.hasSuffix(")") else { return nil }
    let inside = Array(call.dropFirst("COALESCE(".count).dropLast())
    let depths = PrintedText.depths(of: inside)
    guard let comma = inside.indices.last(where: { inside[$0] == "," && depths[$0] == 0 }),
      inside.indices.count(where: { inside[$0] == "," && depths[$0] == 0 }) == 1
    else { return nil }
    return String(inside[(comma + 1)...].drop { $0 == " " })
  }

  /// The value of a text or whole-number constant; others may be equal although they are written differently.
  private static func plainValue(_ constant: String) -> String? {
    for type in ["'::text", "'::character varying"] where constant.hasSuffix(type) && constant.hasPrefix("'")
    {
      return String(constant.dropLast(type.count))
    }
    return Int(constant).map(String.init)
  }
}

extension Statements.Comparison {
  /// The operator that SQL writes; `nil` for comparisons with other words.
  var symbol: String? {
    switch self {
    case .equal: "="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    default: nil
    }
  }
}
