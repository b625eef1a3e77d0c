/// What a stored definition calls, by OID: read from a `pg_node_tree`, as `pg_rewrite.ev_action`,
/// `pg_policy.polqual` and `pg_constraint.conbin` hold one.
///
/// The tree says exactly which function each call means, the server's own among them, which `pg_depend`
/// leaves out, and it can be read whatever grammar its text was written in. The form is that of
/// `outfuncs.c`: `{TYPE :field value …}` with lists in parentheses, special characters behind a backslash.
struct StoredExpression: Sendable, Equatable {
  /// OIDs in `pg_proc`.
  private(set) var functions: Set<Int> = []
  /// OIDs in `pg_operator`.
  private(set) var operators: Set<Int> = []
  /// OIDs in `pg_type`; small numbers that are no types may be among them.
  private(set) var types: Set<Int> = []

  static let empty = StoredExpression()

  private init() {}

  /// Everything that running the definition may call.
  init(_ tree: String) { self = StoredExpressionReader.read(tree).all }

  /// Only what stands on constants alone: planning folds it, though nobody runs the definition.
  init(constantPartsOf tree: String) { self = StoredExpressionReader.read(tree).constant }

  mutating func formUnion(_ other: StoredExpression) {
    functions.formUnion(other.functions)
    operators.formUnion(other.operators)
    types.formUnion(other.types)
  }

  /// Takes a field's value where it is an OID of a kind that is looked for.
  fileprivate mutating func take(_ oid: Int, of field: Substring) {
    switch field {
    case "funcid", "aggfnoid", "winfnoid", "opfuncid", "hashfuncid", "negfuncid", "elemfuncid", "tsmhandler",
      "startInRangeFunc", "endInRangeFunc":
      functions.insert(oid)
    case "opno", "opnos", "eqop", "sortop", "cycle_mark_neop": operators.insert(oid)
    default: if field.lowercased().contains("type") { types.insert(oid) }
    }
  }
}

/// Reads a tree from left to right; a stack stands for the braces that are open.
private struct StoredExpressionReader {
  private struct Node {
    var own = StoredExpression.empty
    /// A column or parameter stands in it.
    var varies = false
  }

  private var open: [Node] = [Node()]
  private var all = StoredExpression.empty
  private var constant = StoredExpression.empty
  private var field: Substring = ""
  /// The next word names the kind of node that was opened: names of arguments and columns may be the same.
  private var isAtNode = false

  static func read(_ tree: String) -> (all: StoredExpression, constant: StoredExpression) {
    var reader = StoredExpressionReader()
    var word = tree.startIndex
    var isEscaped = false
    for index in tree.utf8.indices {
      let byte = tree.utf8[index]
      if isEscaped || byte == UInt8(ascii: "\\") {
        isEscaped.toggle()
      } else if delimiters.contains(byte) {
        reader.take(tree[word..<index])
        word = tree.utf8.index(after: index)
        if byte == UInt8(ascii: "{") { reader.openNode() }
        if byte == UInt8(ascii: "}"), reader.open.count > 1 { reader.close() }
      }
    }
    while !reader.open.isEmpty { reader.close() }
    return (reader.all, reader.constant)
  }

  private static let delimiters = Set(" \n(){}".utf8)

  private mutating func openNode() {
    open.append(Node())
    isAtNode = true
  }

  private mutating func take(_ word: Substring) {
    guard !word.isEmpty else { return }
    defer { isAtNode = false }
    if word.first == ":" {
      field = word.dropFirst()
    } else if isAtNode {
      open[open.count - 1].varies = word == "VAR" || word == "PARAM"
    } else if let oid = Int(word), oid > 0 {
      open[open.count - 1].own.take(oid, of: field)
    }
  }

  private mutating func close() {
    guard let node = open.popLast() else { return }
    all.formUnion(node.own)
    if !node.varies { constant.formUnion(node.own) }
    if node.varies, !open.isEmpty { open[open.count - 1].varies = true }
  }
}
