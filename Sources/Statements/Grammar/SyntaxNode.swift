import JSONTree

/// One node of PostgreSQL's syntax tree: its kind, as `A_Expr`, and its fields.
struct SyntaxNode {
  let kind: String
  let fields: JSONValue

  /// A node in the wrapping that libpg_query prints: `{"A_Expr": {…}}`.
  init?(_ wrapped: JSONValue?) {
    guard let member = wrapped?.firstMember, member.value.kind == .object else { return nil }
    kind = member.key
    fields = member.value
  }

  /// A field whose type is fixed by the grammar is printed without the wrapping.
  init(kind: String, fields: JSONValue) {
    self.kind = kind
    self.fields = fields
  }

  /// The node in a field, or `nil` where it is absent.
  func child(_ name: String) -> SyntaxNode? { SyntaxNode(fields[name]) }

  /// The nodes in a list field; empty where it is absent.
  func children(_ name: String) -> [SyntaxNode] { fields[name]?.elements.compactMap(SyntaxNode.init) ?? [] }

  /// A string or an enumeration's case.
  func text(_ name: String) -> String? { fields[name]?.string }

  /// `false` is not printed.
  func flag(_ name: String) -> Bool { fields[name]?.bool ?? false }

  /// A list of `String` nodes: a qualified name or an operator.
  func names(_ name: String) -> [String] { children(name).compactMap { $0.text("sval") ?? $0.text("str") } }

  /// Byte offset in the statement. An offset of 0 is not printed, but there stands a statement's first
  /// keyword, never an expression; -1 means that the grammar does not know.
  var location: Int? { fields["location"]?.int.flatMap { $0 < 0 ? nil : $0 } }

  /// The smallest byte offset of anything in here; `nil` where nothing has one.
  var firstLocation: Int? {
    fields.descendants(named: "location").compactMap(\.int).filter { $0 >= 0 }.min()
  }

  /// `value`, wrapped or not, is equal but for where it stands in the text.
  static func sameStructure(_ left: JSONValue?, _ right: JSONValue?, ignoring more: Set<String> = []) -> Bool
  {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): left.matches(right, ignoring: more.union(["location"]))
    default: false
    }
  }
}
