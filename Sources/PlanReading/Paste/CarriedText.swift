import JSONTree

/// Texts inside a document that carries a plan as text: rows of a result that some program printed as JSON, an
/// entry of a JSON log, a plan that was quoted as a whole.
enum CarriedText {
  /// What may hold the plan, the likeliest first.
  static func candidates(in root: JSONValue) -> [String] {
    let rows = rows(of: root)
    guard rows.count < 2 else { return [rows.joined(separator: "\n")] }
    return rows + root.allStrings.compactMap(\.string).filter(mayBePlan)
  }

  private static func mayBePlan(_ text: String) -> Bool {
    text.contains("\n") || text.contains("(cost=") || text.contains("\"Node Type\"")
  }

  /// The texts of an array whose elements hold one text each; a client may put the statement's name above it.
  private static func rows(of root: JSONValue) -> [String] {
    let members = root.members
    let array = members.count == 1 ? members[0].value : root
    let rows = array.elements.map(text(ofRow:))
    return rows.contains(nil) ? [] : rows.compactMap(\.self)
  }

  /// `{"QUERY PLAN": "…"}`, `["…"]`, `("…",)`, `"…"`.
  private static func text(ofRow row: JSONValue) -> String? {
    switch row.kind {
    case .object: row.members.count == 1 ? row.members[0].value.string : nil
    case .array: row.elements.count == 1 ? row.elements[0].string : nil
    default: row.string
    }
  }
}
