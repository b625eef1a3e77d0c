#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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

  /// Takes the value of a field.
  fileprivate mutating func take(_ oid: Int, _ kind: Kind) {
    switch kind {
    case .function: functions.insert(oid)
    case .operator: operators.insert(oid)
    case .type: types.insert(oid)
    }
  }

  /// What a number stands for.
  fileprivate enum Kind {
    case function, `operator`, type

    /// `nil` for a field that holds no OID of a kind that is looked for.
    init?(field: String) {
      switch field {
      case "funcid", "aggfnoid", "winfnoid", "opfuncid", "hashfuncid", "negfuncid", "elemfuncid",
        "tsmhandler", "startInRangeFunc", "endInRangeFunc":
        self = .function
      case "opno", "opnos", "eqop", "sortop", "cycle_mark_neop": self = .operator
      default:
        guard field.lowercased().contains("type") else { return nil }
        self = .type
      }
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
  /// What the numbers of the field stand for: of no field that is long, as a constant's bytes are.
  private var kind: StoredExpression.Kind?
  /// The next word names the kind of node that was opened: names of arguments and columns may be the same.
  private var isAtNode = false

  static func read(_ tree: String) -> (all: StoredExpression, constant: StoredExpression) {
    var reader = StoredExpressionReader()
    tree.withCString { reader.read(Array(tree.utf8), at: $0) }
    while !reader.open.isEmpty { reader.close() }
    return (reader.all, reader.constant)
  }

  /// - Parameter text: the same bytes, with an end that C's functions see.
  private mutating func read(_ bytes: [UInt8], at text: UnsafePointer<CChar>) {
    var (index, word) = (0, 0)
    var isEscaped = false
    while index < bytes.count {
      // Of a field without OIDs nothing counts but its end: a constant may have millions of numbers.
      let isIdle = kind == nil && !isAtNode && !isEscaped && bytes[word] != UInt8(ascii: ":")
      let skipped = isIdle ? strcspn(text + index, ":{}\\") : 0
      if skipped > 0 {
        index += skipped
        word = Self.isDelimiter(bytes[index - 1]) ? index : index - 1
        continue
      }
      let byte = bytes[index]
      if isEscaped || byte == UInt8(ascii: "\\") {
        isEscaped.toggle()
      } else if Self.isDelimiter(byte) {
        if word < index { take(bytes[word..<index]) }
        word = index + 1
        if byte == UInt8(ascii: "{") { openNode() }
        if byte == UInt8(ascii: "}"), open.count > 1 { close() }
      }
      index += 1
    }
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }

  private mutating func openNode() {
    open.append(Node())
    isAtNode = true
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    defer { isAtNode = false }
    if bytes.first == UInt8(ascii: ":") {
      kind = StoredExpression.Kind(field: String(decoding: bytes.dropFirst(), as: UTF8.self))
    } else if isAtNode {
      let word = String(decoding: bytes, as: UTF8.self)
      open[open.count - 1].varies = word == "VAR" || word == "PARAM"
    } else if let kind, let oid = Int(String(decoding: bytes, as: UTF8.self)), oid > 0 {
      open[open.count - 1].own.take(oid, kind)
    }
  }

  private mutating func close() {
    guard let node = open.popLast() else { return }
    all.formUnion(node.own)
    if !node.varies { constant.formUnion(node.own) }
    if node.varies, !open.isEmpty { open[open.count - 1].varies = true }
  }
}
