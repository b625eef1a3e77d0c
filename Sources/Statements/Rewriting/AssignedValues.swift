import Catalog
import JSONTree
import SQLNames

/// What the SET list of an UPDATE gives to the select list: every expression that is computed for a row.
///
/// Where the catalog was asked, each expression is converted to its column's type, as the assignment would
/// be (`numeric` to `integer`, a text cut to `varchar(12)`: a function call for each row), and a column of
/// which a part is assigned is read.
struct AssignedValues {
  /// One item of the select list, and what it must be when the text is parsed again.
  struct Item {
    enum Meaning {
      /// The expression, converted or not.
      case expression(JSONValue)
      /// A column whose other parts stay.
      case column
      /// The one row of a sub-select.
      case row(JSONValue)
    }

    let text: String
    let meaning: Meaning
  }

  private(set) var items: [Item] = []
  /// Whether a column is set to DEFAULT, which needs the catalog and may write (`nextval`): left out.
  private(set) var hasDefaults = false
  private let source: SourceTokens
  private let target: RewriteTarget?
  private let label: String

  init(_ root: SyntaxNode, _ clauses: ModifyClauses, in source: SourceTokens, target: RewriteTarget?) {
    self.source = source
    self.target = target
    label = root.fields["relation"].flatMap { SyntaxNode(kind: "RangeVar", fields: $0).label } ?? ""
    var columns = root.children("targetList")[...]
    for assignment in clauses.assignments(in: source) {
      let isList = source.isSymbol(assignment.columns.lowerBound, "(")
      let count = isList ? columns.first?.child("val")?.fields["ncolumns"]?.int ?? 1 : 1
      add(Array(columns.prefix(count)), value: assignment.value, isList: isList)
      columns = columns.dropFirst(count)
    }
  }

  private mutating func add(_ columns: [SyntaxNode], value: Range<Int>, isList: Bool) {
    guard isList, let source = columns.first?.child("val")?.fields["source"] else {
      return add(columns.first, columns.first?.fields["val"], value)
    }
    switch SyntaxNode(source)?.kind {
    case "RowExpr": addRow(columns, SyntaxNode(source)?.fields["args"]?.elements ?? [], value)
    case "SubLink": addSubSelect(source, value)
    default: add(nil, source, value)
    }
  }

  /// `(a, b) = (x, y)` and `(a, b) = ROW (x, y)`.
  private mutating func addRow(_ columns: [SyntaxNode], _ members: [JSONValue], _ value: Range<Int>) {
    var range = value
    var pieces: [Range<Int>] = []
    repeat {
      let open = range.lowerBound + (source.keyword(range.lowerBound) == .row ? 1 : 0)
      guard source.isSymbol(open, "("), source.closing(open) == range.upperBound - 1 else { return }
      range = (open + 1)..<(range.upperBound - 1)
      pieces = source.split(range) { source.isSymbol($0, ",") }
    } while pieces.count != members.count
    // `ROW (u.*)` is one member and as many columns.
    let hasColumns = members.count == columns.count
    for index in members.indices { add(hasColumns ? columns[index] : nil, members[index], pieces[index]) }
  }

  private mutating func add(_ column: SyntaxNode?, _ value: JSONValue?, _ range: Range<Int>) {
    let isPart = column?.fields["indirection"] != nil
    if let name = column?.text("name"), isPart, target?.columns[name] != nil {
      items.append(Item(text: label + "." + SQLIdentifier(name).quoted, meaning: .column))
    }
    guard let value, let node = SyntaxNode(value) else { return }
    guard node.kind != "SetToDefault" else {
      hasDefaults = true
      return
    }
    let text = source.slice(tokens: range)
    let type = isPart ? nil : column?.text("name").flatMap { target?.columns[$0] }
    let converted = type.map { type in
      // The planner folds a converted constant.
      node.kind == "A_Const" && !type.isDomain ? text : "(\(text))::\(type.name)"
    }
    items.append(Item(text: converted ?? text, meaning: .expression(value)))
  }

  /// `(a, b) = (SELECT …)`, computed once. For a live plan its own select list becomes a row where that means
  /// the same: around a sub-select that the planner cannot merge, a second one would be a node of its own.
  private mutating func addSubSelect(_ value: JSONValue, _ range: Range<Int>) {
    let text = source.slice(tokens: range)
    let select = SyntaxNode(value)?.child("subselect")
    let list = select.flatMap { target != nil && Self.hasPlainList($0) ? selectList(range) : nil }
    let row = list.map { list in
      let (first, last) = (source.tokens[list.lowerBound].start, source.tokens[list.upperBound - 1].end)
      return source.slice(source.tokens[range.lowerBound].start..<first) + "ROW("
        + source.slice(first..<last) + ")" + source.slice(last..<source.tokens[range.upperBound - 1].end)
    }
    items.append(Item(text: row ?? "(SELECT ROW(m.*) FROM \(text) AS m)", meaning: .row(value)))
  }

  /// The tokens between SELECT and the next clause.
  private func selectList(_ range: Range<Int>) -> Range<Int>? {
    var inner = range
    while source.isSymbol(inner.lowerBound, "("), source.closing(inner.lowerBound) == inner.upperBound - 1 {
      inner = (inner.lowerBound + 1)..<(inner.upperBound - 1)
    }
    let verb = source.firstOutsideBrackets(inner) { source.keyword($0) == .select }
    guard let verb else { return nil }
    let start = source.keyword(verb + 1) == .all ? verb + 2 : verb + 1
    let next: Set<Keyword> = [
      .from, .where, .group, .having, .window, .order, .limit, .offset, .fetch, .for,
    ]
    let end = source.firstOutsideBrackets(start..<inner.upperBound) { index in
      source.keyword(index).map(next.contains) == true && source.keyword(index - 1) != .distinct
    }
    let list = start..<(end ?? inner.upperBound)
    return list.isEmpty ? nil : list
  }

  /// Whether the select list can become one row: no output name of it is used elsewhere.
  private static func hasPlainList(_ select: SyntaxNode) -> Bool {
    let rest = ["distinctClause", "valuesLists", "larg"]
    guard rest.allSatisfy({ select.fields[$0] == nil }) else { return false }
    let outputs = select.children("targetList")
    let isPlain = outputs.allSatisfy { output in
      output.text("name") == nil && !(output.child("val").map(isBareStar) ?? true)
    }
    let keys = select.children("groupClause") + select.children("sortClause").compactMap { $0.child("node") }
    return isPlain && keys.allSatisfy { !mayMeanOutput($0, outputs.compactMap { $0.child("val") }) }
  }

  private static func isBareStar(_ value: SyntaxNode) -> Bool {
    let fields = value.children("fields")
    return value.kind == "ColumnRef" && fields.count == 1 && fields[0].kind == "A_Star"
  }

  /// `ORDER BY 1` and `ORDER BY max`: what they mean is decided by the select list.
  private static func mayMeanOutput(_ key: SyntaxNode, _ outputs: [SyntaxNode]) -> Bool {
    if key.kind == "A_Const" || key.kind == "GroupingSet" { return true }
    let name = key.kind == "ColumnRef" ? key.names("fields") : []
    guard name.count == 1 else { return false }
    return impliedNames.contains(name[0]) || outputs.contains { mayBeCalled(name[0], $0) }
  }

  /// `x` is called x and means the same in both places; anything else may take its name from a part of it.
  private static func mayBeCalled(_ name: String, _ output: SyntaxNode) -> Bool {
    if output.kind == "ColumnRef", output.names("fields") == [name] { return false }
    let parts = output.fields.descendants(named: "sval") + output.fields.descendants(named: "str")
    return parts.contains { $0.string == name }
  }

  /// What an output without a name of its own is called (`FigureColnameInternal` in parse_target.c).
  private static let impliedNames: Set<String> = [
    "array", "case", "coalesce", "current_date", "exists", "greatest", "grouping", "least", "nullif", "row",
  ]
}

extension AssignedValues.Item {
  /// Whether a column of the parsed SELECT says what the assignment does.
  func isSame(as output: SyntaxNode?) -> Bool {
    guard let output, let value = output.fields["val"] else { return false }
    switch meaning {
    case .column: return SyntaxNode(value)?.kind == "ColumnRef"
    case .expression(let expected):
      let converted = SyntaxNode(value).flatMap { $0.kind == "TypeCast" ? $0.fields["arg"] : nil }
      return [value, converted].contains { SyntaxNode.sameStructure(expected, $0) }
    case .row(let expected): return Self.isRow(of: expected, value)
    }
  }

  private static func isRow(of expected: JSONValue, _ value: JSONValue) -> Bool {
    guard let own = SyntaxNode(expected)?.fields["subselect"],
      let made = SyntaxNode(value)?.child("subselect"), made.children("targetList").count == 1
    else { return false }
    if let inner = made.children("fromClause").first?.fields["subquery"],
      SyntaxNode.sameStructure(own, inner)
    {
      return true
    }
    let members = made.children("targetList")[0].child("val")?.fields["args"]?.elements ?? []
    let outputs = SyntaxNode(own)?.children("targetList").map { $0.fields["val"] } ?? []
    return members.count == outputs.count
      && zip(members, outputs).allSatisfy { SyntaxNode.sameStructure($0, $1) }
      && hasSameClauses(SyntaxNode(own)?.fields, made.fields)
  }

  /// Whether all but the select list agrees.
  private static func hasSameClauses(_ own: JSONValue?, _ made: JSONValue) -> Bool {
    let clauses = [own?.members ?? [], made.members].map { $0.filter { $0.key != "targetList" } }
    return clauses[0].map(\.key) == clauses[1].map(\.key)
      && zip(clauses[0], clauses[1]).allSatisfy { SyntaxNode.sameStructure($0.value, $1.value) }
  }
}
