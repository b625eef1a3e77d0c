import Catalog

/// The planner's idea of the size of a table that was never analyzed (`estimate_rel_size` in `tableam.c`).
struct TableSize {
  /// Blocks now.
  let pages: Double
  /// Types of all of its columns, as `format_type` prints them.
  let types: [String]
  /// Partitioned and inheritance parents have no rows of their own.
  var hasChildren = false

  /// Rows: as many as fit into the pages by the width of the types; ten pages where there are fewer.
  var rows: Double {
    let pages = pages < 10 && !hasChildren ? 10 : pages
    let header = 24.0 + 4
    let width = types.reduce(0) { $0 + Self.width($1) } + header
    return (((8_192 - 24) / width).rounded(.down) * pages).rounded(.toNearestOrEven)
  }

  /// Bytes of a value (`get_typavgwidth`): 32 where the type does not tell.
  static func width(_ type: String) -> Double {
    let base = String(type.prefix { $0 != "(" })
    if let width = widths[base] ?? (base.hasPrefix("timestamp") ? 8 : nil) { return width }
    guard base == "character varying" || base == "character", let limit = limit(type) else { return 32 }
    // A character may take four bytes; wide limits are seldom used up.
    let bytes = limit * 4 + 4
    return base == "character" ? bytes : bytes <= 32 ? bytes : bytes < 1_000 ? 32 + (bytes - 32) / 2 : 516
  }

  private static func limit(_ type: String) -> Double? {
    type.split { "()".contains($0) }.dropFirst().first.flatMap { Double($0) }
  }

  private static let widths: [String: Double] = [
    "boolean": 1, "smallint": 2, "integer": 4, "bigint": 8, "real": 4, "double precision": 8, "oid": 4,
    "date": 4, "interval": 16, "uuid": 16, "time without time zone": 8, "name": 64,
  ]
}
