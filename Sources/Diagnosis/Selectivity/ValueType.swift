/// What a column's type means for the planner's arithmetic: how its values compare, and whether a place between
/// two of them can be told (`convert_to_scalar` in `selfuncs.c`).
enum ValueType: Equatable {
  case number, boolean, text, paddedText
  case date, timestamp, zonedTimestamp, time, interval
  case uuid, address
  /// Values are told apart by their text, but have no order here: enums, bytea, arrays, jsonb, domains.
  case unordered

  /// The type as `format_type` prints it.
  init(_ name: String) {
    let base = name.prefix { $0 != "(" }
    if name.hasSuffix("[]") {
      self = .unordered
    } else if base.hasPrefix("timestamp") {
      self = name.hasSuffix("with time zone") ? .zonedTimestamp : .timestamp
    } else {
      self = Self.named[String(base)] ?? (base.hasPrefix("interval") ? .interval : .unordered)
    }
  }

  private static let named: [String: ValueType] = [
    "smallint": .number, "integer": .number, "bigint": .number, "numeric": .number, "real": .number,
    "double precision": .number, "oid": .number, "boolean": .boolean, "text": .text,
    "character varying": .text, "name": .text, "character": .paddedText, "date": .date,
    "time without time zone": .time, "time": .time, "uuid": .uuid, "inet": .address,
  ]

  /// Compared by a collation.
  var isText: Bool { self == .text || self == .paddedText }
}
