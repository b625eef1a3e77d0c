import Catalog
import SQLNames

/// What an UPDATE or DELETE remembers of each row of its FROM or USING list.
///
/// PostgreSQL carries the `ctid` of every table through the joins, and the whole row of everything that
/// has none (`preprocess_rowmarks` in its planner). Without them hashes and sorts are narrower than the
/// ones that the DML would build, and sub-selects are planned without their own node. Checked on
/// PostgreSQL 15: with them the plans agree in nodes, widths and costs.
///
/// Left out is what a query cannot name: the row of a function that returns no composite type, and the tables
/// inside a sub-select that the planner merges into the query around it, those of EXISTS and IN among them.
struct RowIdentities {
  /// Items of the select list, in the order of the text.
  private(set) var expressions: [String] = []
  private let relations: [QualifiedName: RowIdentity]
  private let isLive: Bool
  private var ctes: [String: SyntaxNode] = [:]
  private let isRecursive: Bool
  private let mentions: [String?]

  init(_ root: SyntaxNode, _ form: RewriteForm) {
    relations = form.relations
    isLive = form.target != nil
    let with = root.fields["withClause"].map { SyntaxNode(kind: "WithClause", fields: $0) }
    isRecursive = with?.flag("recursive") ?? false
    mentions = root.fields.descendants(named: "RangeVar").map { $0["relname"]?.string }
    for cte in with?.children("ctes") ?? [] { ctes[cte.text("ctename") ?? ""] = cte }
    for item in root.children("fromClause") + root.children("usingClause") { add(item) }
  }

  private mutating func add(_ item: SyntaxNode) {
    switch item.kind {
    case "RangeVar": addRelation(item)
    case "RangeTableSample": item.child("relation").map { addRelation($0) }
    case "RangeSubselect":
      if item.child("subquery").map(Self.keepsItsNode) == true { addRow(item.aliasName) }
    case "RangeFunction" where isLive: if Self.isRecord(item) { addRow(item.aliasName) }
    case "RangeTableFunc" where isLive: addRow(item.aliasName)
    // The alias of a join hides the names inside it.
    case "JoinExpr" where item.aliasName == nil:
      item.child("larg").map { add($0) }
      item.child("rarg").map { add($0) }
    default: break
    }
  }

  /// More than one function, WITH ORDINALITY and a list of columns make records whatever the functions return.
  private static func isRecord(_ function: SyntaxNode) -> Bool {
    function.flag("ordinality") || function.fields["coldeflist"] != nil
      || function.fields["functions"]?.elements.count ?? 0 > 1
  }

  private mutating func addRelation(_ relation: SyntaxNode) {
    guard let name = relation.qualifiedName, let label = relation.label else { return }
    if name.schema == nil, let cte = ctes[name.name] {
      if isFenced(cte, name.name) { addRow(relation.aliasName ?? name.name) }
      return
    }
    switch relations[name] ?? .ctid {
    case .ctid: expressions.append(label + ".ctid")
    case .ctidAndTable:
      expressions.append(label + ".ctid")
      if relation.flag("inh") { expressions.append(label + ".tableoid") }
    case .wholeRow: expressions.append(label + ".*::record")
    case .none: break
    }
  }

  /// `q` alone would be a column of that name where there is one; a row of unknown type is a `record`, so
  /// the cast costs nothing.
  private mutating func addRow(_ name: String?) {
    if let name { expressions.append(SQLIdentifier(name).quoted + ".*::record") }
  }

  /// A CTE that is used once is planned as a sub-select.
  private func isFenced(_ cte: SyntaxNode, _ name: String) -> Bool {
    switch cte.text("ctematerialized") {
    case "CTEMaterializeAlways": true
    case "CTEMaterializeNever": cte.child("ctequery").map(Self.keepsItsNode) ?? false
    default:
      isRecursive || mentions.count { $0 == name } > 1
        || cte.child("ctequery").map(Self.keepsItsNode) ?? false
    }
  }

  /// Whether the planner cannot merge a sub-select into the query around it (`is_simple_subquery`).
  static func keepsItsNode(_ query: SyntaxNode) -> Bool {
    let clauses = [
      "groupClause", "havingClause", "distinctClause", "sortClause", "limitCount", "limitOffset",
      "valuesLists",
      "withClause", "larg",
    ]
    guard clauses.allSatisfy({ query.fields[$0] == nil }) else { return true }
    let calls = query.fields["targetList"]?.descendants(named: "FuncCall", notInside: "subselect") ?? []
    return calls.contains { call in
      let name = SyntaxNode(kind: "FuncCall", fields: call).names("funcname").last ?? ""
      return call["over"] != nil || ShapeReader.aggregateNames.contains(name)
    }
  }
}

extension SyntaxNode {
  var aliasName: String? { fields["alias"]?["aliasname"]?.string }

  /// How the columns of a RangeVar are addressed, quoted.
  var label: String? {
    if let aliasName { return SQLIdentifier(aliasName).quoted }
    return text("relname").map { QualifiedName(schema: text("schemaname"), name: $0).quoted }
  }
}
