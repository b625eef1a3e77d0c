import Catalog
import JSONTree

/// Gathers the names of ``CalledNames`` node by node.
struct NameCollector {
  private(set) var functions: [FunctionUse] = []
  private(set) var operators: [OperatorUse] = []
  private(set) var types: [TypeUse] = []
  private(set) var attributes: [AttributeUse] = []
  private(set) var relations: [QualifiedName] = []
  private(set) var joinAliases: Set<String> = []
  private(set) var hasSubscripts = false
  private var seen: Set<AnyHashable> = []

  mutating func visit(_ node: SyntaxNode) {
    switch node.kind {
    case "FuncCall": visitCall(node)
    case "RangeTableSample": visitSample(node)
    case "A_Expr": visitOperator(node)
    case "CaseExpr": if node.fields["arg"] != nil { add(operatorNames: ["="], isPrefix: false) }
    case "SubLink": add(operatorNames: operatorNames(node, "operName"), isPrefix: false)
    case "SortBy": add(operatorNames: operatorNames(node, "useOp"), isPrefix: false)
    case "JoinExpr":
      for field in ["alias", "join_using_alias"] {
        if let alias = node.fields[field]?["aliasname"]?.string { joinAliases.insert(alias) }
      }
      if node.fields["usingClause"] != nil || node.flag("isNatural") {
        add(operatorNames: ["="], isPrefix: false)
      }
    case "typeName", "TypeName": visitType(node)
    case "XmlExpr": add(TypeUse(schema: "pg_catalog", name: "xml"))
    case "ColumnRef": visitColumn(node)
    case "A_Indirection": visitIndirection(node)
    case "A_Indices": hasSubscripts = true
    case "RangeVar", "relation": visitRelation(node)
    case "CTECycleClause", "cycle_clause": add(operatorNames: ["="], isPrefix: false)
    default: break
    }
  }

  private mutating func visitCall(_ node: SyntaxNode) {
    let sorted = node.flag("agg_within_group") ? node.children("agg_order").count : 0
    let arguments = node.children("args")
    for (schema, name) in Self.spellings(node.names("funcname")) {
      add(
        FunctionUse(
          schema: schema, name: name, argumentCount: arguments.count + sorted,
          isVariadic: node.flag("func_variadic"), hasNames: arguments.contains { $0.kind == "NamedArgExpr" },
          parameterCount: arguments.count(where: Self.isParameter)),
        at: node.location)
    }
  }

  /// A cast may give a parameter its type rather than convert it.
  private static func isParameter(_ argument: SyntaxNode) -> Bool {
    argument.kind == "ParamRef"
      || argument.kind == "TypeCast" && argument.child("arg").map(isParameter) == true
  }

  private mutating func visitSample(_ node: SyntaxNode) {
    // A sampling method is a function of one internal argument.
    for (schema, name) in Self.spellings(node.names("method")) {
      add(FunctionUse(schema: schema, name: name, argumentCount: 1), at: node.location)
    }
  }

  private mutating func add(_ use: FunctionUse, at offset: Int?) {
    if seen.insert(use).inserted { functions.append(use.at(offset)) }
  }

  /// A server whose encoding has one byte per character folds letters beyond ASCII too, unlike the parser
  /// of this build: such a name may mean the one in lower case.
  private static func spellings(_ names: [String]) -> [(schema: String?, name: String)] {
    guard let name = names.last else { return [] }
    let schema = names.dropLast().last
    let isPlain = names.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    return [(schema, name)] + (isPlain ? [] : [(schema?.lowercased(), name.lowercased())])
  }

  private mutating func visitOperator(_ node: SyntaxNode) {
    if let implied = Self.impliedOperators[node.text("kind") ?? ""] {
      for name in implied { add(operatorNames: [name], isPrefix: false) }
    } else {
      add(operatorNames: node.names("name"), isPrefix: node.fields["lexpr"] == nil)
    }
  }

  /// BETWEEN's own name in the tree is `BETWEEN`, which is no operator.
  private static let impliedOperators: [String: [String]] = [
    "AEXPR_BETWEEN": [">=", "<="], "AEXPR_BETWEEN_SYM": [">=", "<="],
    "AEXPR_NOT_BETWEEN": ["<", ">"], "AEXPR_NOT_BETWEEN_SYM": ["<", ">"],
  ]

  private func operatorNames(_ node: SyntaxNode, _ field: String) -> [String] {
    let names = node.names(field)
    // `x IN (SELECT …)` has no operator in the tree: it means `=`.
    return names.isEmpty && node.text("subLinkType") == "ANY_SUBLINK" ? ["="] : names
  }

  private mutating func add(operatorNames names: [String], isPrefix: Bool) {
    guard let name = names.last else { return }
    let use = OperatorUse(schema: names.dropLast().last, name: name, isPrefix: isPrefix)
    if seen.insert(use).inserted { operators.append(use) }
  }

  private mutating func visitType(_ node: SyntaxNode) {
    for (schema, name) in Self.spellings(node.names("names")) { add(TypeUse(schema: schema, name: name)) }
  }

  private mutating func add(_ use: TypeUse) {
    if seen.insert(use).inserted { types.append(use) }
  }

  private mutating func visitColumn(_ node: SyntaxNode) {
    let fields = node.children("fields")
    guard fields.count > 1, let name = fields.last?.text("sval") ?? fields.last?.text("str") else { return }
    addAttribute(qualifier: fields.dropLast().last.flatMap { $0.text("sval") ?? $0.text("str") }, name: name)
  }

  private mutating func visitIndirection(_ node: SyntaxNode) {
    for name in node.names("indirection") { addAttribute(qualifier: nil, name: name) }
  }

  private mutating func visitRelation(_ node: SyntaxNode) {
    guard let name = node.text("relname") else { return }
    for spelling in Self.spellings([node.text("schemaname"), name].compactMap(\.self)) {
      let relation = QualifiedName(schema: spelling.schema, name: spelling.name)
      if spelling.name == name || !relations.contains(relation) { relations.append(relation) }
    }
  }

  private mutating func addAttribute(qualifier: String?, name: String) {
    for spelling in Self.spellings([name]) {
      let use = AttributeUse(qualifier: qualifier, name: spelling.name)
      if seen.insert(use).inserted { attributes.append(use) }
    }
  }
}
