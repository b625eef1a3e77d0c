import Catalog

/// Chooses index names as PostgreSQL does: `table_column_idx`, cut to the length that the server keeps.
struct IndexNaming {
  /// `NAMEDATALEN - 1`: the server cuts longer names silently.
  static let maxBytes = 63

  private var taken: Set<String>

  /// Names that avoid those of every table and index in the evidence.
  init(evidence: EvidenceBook) {
    taken = Set(
      evidence.relations.flatMap { [$0.name.name] + ($0.indexes ?? []).map(\.name) })
  }

  /// A free name for an index of that table over these keys; it is taken from then on.
  mutating func name(table: String, keys: [IndexKey]) -> String {
    let columns = keys.map { $0.isExpression ? "expr" : $0.text }.joined(separator: "_")
    var suffix = "_idx"
    var number = 0
    while true {
      let name = Self.fitted(table: table, columns: columns, suffix: suffix)
      if taken.insert(name).inserted { return name }
      number += 1
      suffix = "_idx\(number)"
    }
  }

  /// Shortens the longer of both parts until the name fits, as `makeObjectName` does.
  static func fitted(table: String, columns: String, suffix: String) -> String {
    var (table, columns) = (table, columns)
    while table.utf8.count + 1 + columns.utf8.count + suffix.utf8.count > maxBytes {
      if table.utf8.count > columns.utf8.count { table.removeLast() } else { columns.removeLast() }
    }
    return "\(table)_\(columns)\(suffix)"
  }
}
