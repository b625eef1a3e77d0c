import JSONTree

/// FROM: tables, joins and sub-selects.
extension ShapeReader {
  /// Reads one item and returns the tables in it.
  mutating func readItem(_ item: SyntaxNode) -> [Int] {
    switch item.kind {
    case "RangeVar": [add(table(item))]
    case "RangeTableSample":
      item.child("relation").map { readSample($0, of: item) } ?? []
    case "RangeSubselect": [readSubselect(item)]
    case "RangeFunction": [readFunction(item)]
    case "JoinExpr": readJoin(item)
    default: [readOtherItem(item)]
    }
  }

  private mutating func add(_ table: TableReference) -> Int {
    shape.tables.append(table)
    scopes[scopes.count - 1].tables.append(table.id)
    return table.id
  }

  private func table(_ node: SyntaxNode, isSampled: Bool = false) -> TableReference {
    let name = node.text("relname") ?? ""
    let schema = node.text("schemaname")
    let kind = (schema == nil ? findCTE(name) : nil).map { TableReference.Kind.cte(block: $0) } ?? .table
    return reference(
      kind, node, schema: schema, name: name, isOnly: kind == .table && !node.flag("inh"),
      isSampled: isSampled,
      offset: node.location)
  }

  private func reference(
    _ kind: TableReference.Kind, _ node: SyntaxNode, schema: String? = nil, name: String? = nil,
    isOnly: Bool = false, isSampled: Bool = false, offset: Int? = nil
  ) -> TableReference {
    let alias = node.fields["alias"]
    let names = alias.map { SyntaxNode(kind: "Alias", fields: $0).names("colnames") } ?? []
    let aliasName = alias?["aliasname"]?.string
    return TableReference(
      id: shape.tables.count, block: block, kind: kind, schema: schema, name: name ?? aliasName ?? "",
      alias: aliasName, columnAliases: names, isOnly: isOnly, isSampled: isSampled,
      isLateral: node.flag("lateral"), offset: offset)
  }

  private mutating func readSample(_ relation: SyntaxNode, of sample: SyntaxNode) -> [Int] {
    for argument in sample.children("args") { readOther(argument.fields, clause: .other) }
    return [add(table(relation, isSampled: true))]
  }

  private mutating func readSubselect(_ item: SyntaxNode) -> Int {
    let alias = item.fields["alias"]?["aliasname"]?.string
    let hidden = scopes[scopes.count - 1].tables
    // Without LATERAL the neighbours are out of sight.
    if !item.flag("lateral") { scopes[scopes.count - 1].tables = [] }
    let inner = item.child("subquery").map {
      readBlock($0.fields, kind: .subquery(alias: alias), parent: block)
    }
    scopes[scopes.count - 1].tables = hidden
    return add(reference(inner.map { .subquery(block: $0) } ?? .other, item))
  }

  private mutating func readFunction(_ item: SyntaxNode) -> Int {
    readOther(item.fields, clause: .other)
    let call = item.fields.descendants(named: "FuncCall").first.map {
      SyntaxNode(kind: "FuncCall", fields: $0)
    }
    let name = call?.names("funcname").last ?? ""
    return add(reference(.function(name), item, name: name, offset: call?.location))
  }

  private mutating func readOtherItem(_ item: SyntaxNode) -> Int {
    readOther(item.fields, clause: .other)
    return add(reference(.other, item))
  }

  // MARK: Joins

  private mutating func readJoin(_ join: SyntaxNode) -> [Int] {
    let left = join.child("larg").map { readItem($0) } ?? []
    let right = join.child("rarg").map { readItem($0) } ?? []
    let kind = Self.joinKind(join)
    if kind == .left || kind == .full { markNullable(right) }
    if kind == .right || kind == .full { markNullable(left) }
    if let condition = join.child("quals") {
      readCondition(condition, in: text.range(of: condition, behind: .on), place: .join(kind))
    }
    for name in join.names("usingClause") { addUsing(name, kind, left, right) }
    if join.flag("isNatural") { addNatural(kind, left, right) }
    return left + right
  }

  private mutating func markNullable(_ tables: [Int]) {
    for table in tables { shape.tables[table].isNullable = true }
  }

  private static func joinKind(_ join: SyntaxNode) -> JoinKind {
    switch join.text("jointype") {
    case "JOIN_LEFT": .left
    case "JOIN_RIGHT": .right
    case "JOIN_FULL": .full
    default:
      join.fields["quals"] == nil && join.fields["usingClause"] == nil && !join.flag("isNatural")
        ? .cross : .inner
    }
  }

  private mutating func addUsing(_ name: String, _ kind: JoinKind, _ left: [Int], _ right: [Int]) {
    let sides = [side(name, among: left), side(name, among: right)]
    for side in sides { shape.columns.append(ColumnUse(column: side.column, block: block, clause: .join)) }
    shape.joins.append(
      JoinCondition(
        block: block, kind: kind, left: sides[0], comparison: .equal, right: sides[1], predicate: nil))
  }

  /// The columns that a natural join compares are known only where both sides are.
  private mutating func addNatural(_ kind: JoinKind, _ left: [Int], _ right: [Int]) {
    let names = left.flatMap { columnNames(of: $0) ?? [] }
    let others = Set(right.flatMap { columnNames(of: $0) ?? [] })
    for name in names where others.contains(name) { addUsing(name, kind, left, right) }
  }

  private func side(_ name: String, among tables: [Int]) -> JoinCondition.Side {
    let known = tables.filter { columnNames(of: $0)?.contains(name) == true }
    let table = known.first ?? (tables.count == 1 ? tables[0] : nil)
    let label = table.map { shape.tables[$0].label }
    // A column of USING belongs to these tables even where it is not known to which.
    let column = ColumnReference(table: table, alias: label, qualifier: nil, name: name, isOuter: false)
    return JoinCondition.Side(column: column, wrapping: [])
  }
}
