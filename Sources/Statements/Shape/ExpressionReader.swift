import JSONTree

/// What expressions are made of.
extension ShapeReader {
  /// The columns in an expression; those of sub-selects belong to other blocks.
  func columns(in value: JSONValue) -> [ColumnReference] {
    value.descendants(named: "ColumnRef", notInside: "subselect").compactMap {
      resolve(SyntaxNode(kind: "ColumnRef", fields: $0))
    }
  }

  /// The names of the functions in an expression, without schema.
  func functions(in value: JSONValue) -> [String] {
    value.descendants(named: "FuncCall", notInside: "subselect").compactMap {
      SyntaxNode(kind: "FuncCall", fields: $0).names("funcname").last
    }
  }

  func hasSubSelect(_ value: JSONValue) -> Bool { !value.descendants(named: "SubLink").isEmpty }

  func expressionShape(_ value: JSONValue?) -> ExpressionShape {
    guard let value else {
      return ExpressionShape(column: nil, columns: [], functions: [], hasSubSelect: false)
    }
    let node = SyntaxNode(value)
    return ExpressionShape(
      column: node?.kind == "ColumnRef" ? node.flatMap { resolve($0) } : nil, columns: columns(in: value),
      functions: functions(in: value), hasSubSelect: hasSubSelect(value))
  }

  // MARK: The tested column

  /// The one column of an expression and what stands around it, from the outside in.
  func subject(_ value: JSONValue?) -> (column: ColumnReference, wrapping: [ColumnWrapping])? {
    var wrapping: [ColumnWrapping] = []
    var current = value
    while let node = SyntaxNode(current) {
      if node.kind == "ColumnRef" { return resolve(node).map { ($0, wrapping) } }
      guard let (next, layer) = unwrapped(node) else {
        // Several columns, or one in several places: one column at least can be named.
        let columns = current.map { self.columns(in: $0) } ?? []
        guard let first = columns.first, columns.allSatisfy({ $0 == first }) else { return nil }
        return (first, wrapping + [.other(node.kind)])
      }
      wrapping.append(layer)
      current = next
    }
    return nil
  }

  private func unwrapped(_ node: SyntaxNode) -> (JSONValue, ColumnWrapping)? {
    switch node.kind {
    case "TypeCast":
      return node.fields["arg"].map { ($0, .cast(typeName(node) ?? "")) }
    case "CollateClause":
      return node.fields["arg"].map { ($0, .collation(node.names("collname").last ?? "")) }
    case "A_Indirection": return node.fields["arg"].map { ($0, .element) }
    case "FuncCall": return onlyArgument(node).map { ($0, .function(node.names("funcname").last ?? "")) }
    case "CoalesceExpr": return onlyArgument(node).map { ($0, .function("coalesce")) }
    case "MinMaxExpr":
      return onlyArgument(node).map { ($0, .function(node.text("op") == "IS_LEAST" ? "least" : "greatest")) }
    case "A_Expr": return unwrappedOperator(node)
    default: return nil
    }
  }

  private func unwrappedOperator(_ node: SyntaxNode) -> (JSONValue, ColumnWrapping)? {
    let name = node.names("name").last ?? ""
    guard node.text("kind") == "AEXPR_OP", let right = node.fields["rexpr"] else { return nil }
    let left = node.fields["lexpr"]
    let leftHas = left.map { !columns(in: $0).isEmpty } ?? false
    guard leftHas != !columns(in: right).isEmpty else { return nil }
    if leftHas, let left { return (left, .operator(name, operand(right), columnIsLeft: true)) }
    return (right, .operator(name, left.map { operand($0) } ?? .none, columnIsLeft: false))
  }

  /// The only argument with a column in it.
  private func onlyArgument(_ node: SyntaxNode) -> JSONValue? {
    let arguments = (node.fields["args"]?.elements ?? []).filter { !columns(in: $0).isEmpty }
    return arguments.count == 1 ? arguments[0] : nil
  }

  // MARK: What it is tested against

  func operand(_ value: JSONValue) -> Operand {
    guard let node = SyntaxNode(value) else { return .none }
    switch node.kind {
    case "A_Const": return .constant(constant(node))
    case "ParamRef": return .parameter(node.fields["number"]?.int ?? 0)
    case "ColumnRef": return resolve(node).map { .column($0) } ?? .expression(expressionShape(value))
    case "List": return .list((node.fields["items"]?.elements ?? []).map { operand($0) })
    case "RowExpr": return .list((node.fields["args"]?.elements ?? []).map { operand($0) })
    case "A_ArrayExpr": return .list((node.fields["elements"]?.elements ?? []).map { operand($0) })
    case "SubLink": return .subSelect(block: subLinkBlocks[node.fields.position])
    case "TypeCast": return castOperand(node, value)
    default: return .expression(expressionShape(value))
    }
  }

  private func castOperand(_ node: SyntaxNode, _ value: JSONValue) -> Operand {
    switch node.fields["arg"].map({ operand($0) }) {
    case .constant(let constant)?:
      .constant(SQLConstant(kind: constant.kind, text: constant.text, type: typeName(node)))
    case .parameter(let number)?: .parameter(number)
    case .list(let members)?: .list(members)
    default: .expression(expressionShape(value))
    }
  }

  private func typeName(_ cast: SyntaxNode) -> String? {
    cast.fields["typeName"].flatMap { SyntaxNode(kind: "TypeName", fields: $0).names("names").last }
  }

  private func constant(_ node: SyntaxNode) -> SQLConstant {
    let fields = node.fields
    if fields["isnull"]?.bool == true { return SQLConstant(kind: .null, text: "") }
    if let value = fields["ival"] {
      return SQLConstant(
        kind: .integer, text: value["ival"]?.numberText ?? integerAsWritten(at: node.location))
    }
    if let value = fields["fval"] { return SQLConstant(kind: .decimal, text: value["fval"]?.string ?? "") }
    if let value = fields["boolval"] {
      return SQLConstant(kind: .boolean, text: value["boolval"]?.bool == true ? "true" : "false")
    }
    if let value = fields["sval"] { return SQLConstant(kind: .string, text: value["sval"]?.string ?? "") }
    return SQLConstant(kind: .bits, text: fields["bsval"]?["bsval"]?.string ?? "")
  }

  /// libpg_query 15 prints neither 0 nor negative whole numbers, so the text has to tell.
  private func integerAsWritten(at location: Int?) -> String {
    guard let location else { return "0" }
    let source = text.source
    var isNegative = false
    for index in source.firstToken(from: location)..<source.tokens.count {
      if source.tokens[index].kind == .number { return (isNegative ? "-" : "") + source.text(at: index) }
      guard source.isSymbol(index, "-") || source.isSymbol(index, "(") else { break }
      if source.isSymbol(index, "-") { isNegative.toggle() }
    }
    return "0"
  }

  // MARK: Sub-selects

  /// Reads the sub-selects of an expression as blocks of their own.
  mutating func readSubLinks(_ value: JSONValue, clause: ColumnUse.Clause) {
    let links = value.descendants(named: "SubLink", notInside: "subselect")
    guard !links.isEmpty else { return }
    let negated = value.descendants(named: "BoolExpr", notInside: "subselect").compactMap(negatedLink)
    for link in links { readSubLink(link, isNegated: negated.contains(link.position), clause: clause) }
  }

  /// The place of a sub-link that NOT stands directly before.
  private func negatedLink(_ expression: JSONValue) -> Int? {
    guard expression["boolop"]?.string == "NOT_EXPR",
      let argument = expression["args"]?.elements.first?.firstMember, argument.key == "SubLink"
    else { return nil }
    return argument.value.position
  }

  mutating func readSubLink(_ fields: JSONValue, isNegated: Bool, clause: ColumnUse.Clause) {
    guard subLinkBlocks[fields.position] == nil, let select = SyntaxNode(fields["subselect"]) else { return }
    let outer = block
    let inner = readBlock(select.fields, kind: .subLink, parent: outer)
    subLinkBlocks[fields.position] = inner
    let correlated = shape.columns.filter { use in
      use.block >= inner && use.column.table.map { shape.tables[$0].block < inner } == true
    }
    shape.subLinks.append(
      SubLink(
        kind: Self.subLinkKinds[fields["subLinkType"]?.string ?? ""] ?? .row, isNegated: isNegated,
        outer: outer,
        block: inner, clause: clause, tested: fields["testexpr"].map { expressionShape($0) },
        correlated: correlated.map(\.column)))
  }

  private static let subLinkKinds: [String: SubLink.Kind] = [
    "EXISTS_SUBLINK": .exists, "ANY_SUBLINK": .any, "ALL_SUBLINK": .all, "EXPR_SUBLINK": .scalar,
    "ARRAY_SUBLINK": .array,
  ]
}
