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
  /// A query in it has FOR UPDATE or FOR SHARE.
  fileprivate(set) var locksRows = false

  static let empty = StoredExpression()

  private init() {}

  /// Everything that running the definition may call.
  init(_ tree: String) { self = StoredExpressionReader.read(tree).all }

  /// Only what may come to stand on constants alone: planning folds it, though nobody runs the definition.
  ///
  /// `f(coalesce(1, a))` is folded as `f(1)` is, and so is what stands on a strict function of a NULL, or on a
  /// function in SQL that leaves its argument out. So a call stays out only where columns reach it untouched,
  /// or through functions and operators of the server that keep them.
  init(foldedPartsOf tree: String) { self = StoredExpressionReader.read(tree).folded }

  /// Whether it is made of the server's own types alone, and calls nothing.
  var isInert: Bool {
    functions.isEmpty && operators.isEmpty && types.allSatisfy { $0 < FunctionQueries.firstUserOID }
  }

  /// Takes over just its operators.
  mutating func take(operatorsOf other: StoredExpression) { operators.formUnion(other.operators) }

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
    case .null: break
    }
  }

  /// Whether it calls nothing but the server's own functions and operators.
  fileprivate var callsServerOnly: Bool {
    functions.union(operators).allSatisfy { $0 < FunctionQueries.firstUserOID }
  }

  /// What a field's value stands for.
  fileprivate enum Kind {
    case function, `operator`, type
    /// Whether a constant is NULL.
    case null

    /// `nil` for a field that holds no OID of a kind that is looked for.
    init?(field: String) {
      switch field {
      case "funcid", "aggfnoid", "winfnoid", "opfuncid", "hashfuncid", "negfuncid", "elemfuncid",
        "tsmhandler", "startInRangeFunc", "endInRangeFunc":
        self = .function
      case "opno", "opnos", "eqop", "sortop", "cycle_mark_neop": self = .operator
      case "constisnull": self = .null
      default:
        // `typid`: what JSON's constructors return.
        guard field.lowercased().contains("type") || field == "typid" else { return nil }
        self = .type
      }
    }
  }
}

/// Reads a tree from left to right; a stack stands for the braces that are open.
private struct StoredExpressionReader {
  /// What planning may make of a part of an expression.
  private enum Value {
    /// It cannot become a constant.
    case varies
    /// It is one, and not NULL.
    case constant
    /// It may become one.
    case mayFold
  }

  /// What an expression needs to stay one: `eval_const_expressions` of clauses.c, release by release.
  private enum Kind {
    /// Nothing.
    case varies
    /// A constant, unless it turns out to be NULL.
    case constant
    /// Something that varies, and no NULL: a strict function of a NULL is one.
    case call
    /// The same; of constants, none of which is NULL, it is one.
    case keepsConstants
    /// Something that varies.
    case least
    /// Its first part varies: that of COALESCE would else be its value.
    case first
    /// No constant: AND and OR leave out what they know.
    case all
    /// The value that is compared, if there is one, and all conditions vary, whatever the results are.
    case choice
    /// Not known.
    case other

    init(_ name: String) {
      switch name {
      case "VAR", "PARAM": self = .varies
      case "CONST": self = .constant
      case "FUNCEXPR", "OPEXPR", "SCALARARRAYOPEXPR", "NULLIFEXPR", "DISTINCTEXPR", "COERCEVIAIO":
        self = .call
      case "RELABELTYPE", "COLLATEEXPR", "ARRAY", "ARRAYEXPR", "NAMEDARGEXPR": self = .keepsConstants
      case "MINMAX", "MINMAXEXPR": self = .least
      case "COALESCE", "COALESCEEXPR", "WHEN", "CASEWHEN": self = .first
      case "BOOLEXPR", "NULLTEST", "BOOLEANTEST": self = .all
      case "CASE", "CASEEXPR": self = .choice
      default: self = .other
      }
    }
  }

  private struct Node {
    var own = StoredExpression.empty
    var kind = Kind.other
    var isNull = false
    private var first: Value?
    private var holdsVariation = false
    private var holdsConstants = false
    private var holdsFoldable = false
    /// Of CASE: a condition may become a constant.
    private var mayChoose = false

    /// Takes what a part of it comes to.
    mutating func take(_ part: Node) {
      let value = part.result
      first = first ?? value
      switch value {
      case .varies: holdsVariation = true
      case .constant: holdsConstants = true
      case .mayFold: holdsFoldable = true
      }
      if case .first = part.kind, value != .varies { mayChoose = true }
    }

    /// Whether what it calls is called with columns, whatever planning makes of the rest.
    var isCalledWithColumns: Bool { holdsVariation && !holdsFoldable }

    /// Whether planning makes no constant of it, so that it does not call what it calls.
    var staysUncalled: Bool {
      if case .varies = kind { true } else { isCalledWithColumns }
    }

    /// Of a function that somebody made nobody knows whether its result depends on its arguments.
    var result: Value {
      guard own.callsServerOnly else { return .mayFold }
      let varies =
        switch kind {
        case .varies: true
        case .constant, .other: false
        case .call, .keepsConstants: isCalledWithColumns
        case .least: holdsVariation
        case .first: first == .varies
        case .all: holdsVariation && !holdsConstants && !holdsFoldable
        case .choice: first == .varies && !mayChoose
        }
      return varies ? .varies : isConstant ? .constant : .mayFold
    }

    private var isConstant: Bool {
      switch kind {
      case .constant: !isNull
      case .keepsConstants: !holdsVariation && !holdsFoldable && holdsConstants
      default: false
      }
    }
  }

  /// `XMLOID` of pg_type_d.h
  private static let xml = 142

  private var open: [Node] = [Node()]
  private var all = StoredExpression.empty
  private var folded = StoredExpression.empty
  /// What the words of the field stand for: of no field that is long, as a constant's bytes are.
  private var kind: StoredExpression.Kind?
  /// The next word names the kind of node that was opened: names of arguments and columns may be the same.
  private var isAtNode = false

  static func read(_ tree: String) -> (all: StoredExpression, folded: StoredExpression) {
    var reader = StoredExpressionReader()
    tree.withCString { reader.read(Array(tree.utf8), at: $0) }
    while !reader.open.isEmpty { reader.close() }
    return (reader.all, reader.folded)
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
      open[open.count - 1].kind = Kind(word)
      if word == "ROWMARKCLAUSE" { all.locksRows = true }
      // The one result that no field tells of.
      if word == "XMLEXPR" { open[open.count - 1].own.take(Self.xml, .type) }
    } else if kind == .null {
      if bytes.elementsEqual("true".utf8) { open[open.count - 1].isNull = true }
    } else if let kind, let oid = Int(String(decoding: bytes, as: UTF8.self)), oid > 0 {
      open[open.count - 1].own.take(oid, kind)
    }
  }

  private mutating func close() {
    guard let node = open.popLast() else { return }
    all.formUnion(node.own)
    if !node.staysUncalled { folded.formUnion(node.own) }
    if let parent = open.indices.last { open[parent].take(node) }
  }
}
