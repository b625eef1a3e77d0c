import Statements

/// What a column's type allows when a condition is solved for the column.
struct ColumnType: Equatable {
  /// As `format_type` prints it: `numeric(10,2)`.
  let text: String

  /// Without length or precision: `numeric`, `timestamp with time zone`.
  var base: String {
    guard let start = text.firstIndex(of: "("), let end = text.firstIndex(of: ")") else { return text }
    return String(text[..<start]) + text[text.index(after: end)...]
  }

  var isInteger: Bool { ["smallint", "integer", "bigint"].contains(base) }
  var isNumeric: Bool { base == "numeric" }
  var isTimestamp: Bool { base.hasPrefix("timestamp") }
  /// Its meaning depends on the session's time zone.
  var isZoned: Bool { base == "timestamp with time zone" }
  var isText: Bool { base == "text" || base == "character varying" }
  var isArray: Bool { text.hasSuffix("[]") }

  /// Decimals that every value has at most; `nil` where the type does not limit them.
  var decimals: Int? {
    if isInteger { return 0 }
    guard isNumeric, let start = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    let modifiers = text[start...].dropFirst().dropLast().split(separator: ",")
    return modifiers.count == 2 ? Int(modifiers[1]).flatMap { $0 >= 0 ? $0 : nil } : 0
  }

  /// The name that `format_type` prints for a name in PostgreSQL's tree: `bigint` for `int8`.
  static func printed(_ name: String) -> String { printedNames[name] ?? name }

  private static let printedNames = [
    "int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real", "float8": "double precision",
    "bpchar": "character", "varchar": "character varying", "bool": "boolean",
    "timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
    "time": "time without time zone", "timetz": "time with time zone",
  ]
}
