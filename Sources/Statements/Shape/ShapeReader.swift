import Catalog
import JSONTree

/// Walks a syntax tree once and writes down what ``StatementShape`` says. Runs on a ``LargeStack``.
struct ShapeReader {
  var shape: StatementShape
  /// What is visible, innermost last.
  var scopes: [Scope] = []
  /// The block that is being read.
  var block = 0
  /// Blocks whose output is not read yet: a recursive CTE sees itself among them.
  var openBlocks: Set<Int> = []
  /// Column names that a CTE declares, by its block.
  var declaredColumns: [Int: [String]] = [:]
  /// Blocks of sub-links, by the place of the sub-link in the tree.
  var subLinkBlocks: [Int: Int] = [:]
  let tableColumns: (QualifiedName) -> Set<String>?
  let text: ConditionText

  /// The shape of a parsed SELECT.
  static func shape(
    of statement: ParsedStatement, fingerprint: String, normalized: String,
    columnNames: @escaping (QualifiedName) -> Set<String>? = { _ in nil }
  ) -> StatementShape {
    var reader = ShapeReader(statement, fingerprint, normalized, columnNames)
    if let root = statement.root { _ = reader.readBlock(root.fields, kind: .top, parent: nil) }
    return reader.shape
  }

  init(
    _ statement: ParsedStatement, _ fingerprint: String, _ normalized: String,
    _ tableColumns: @escaping (QualifiedName) -> Set<String>?
  ) {
    shape = StatementShape(source: statement, fingerprint: fingerprint, normalized: normalized)
    self.tableColumns = tableColumns
    text = ConditionText(source: statement.source)
  }

  // MARK: Blocks

  /// Reads a SelectStmt and everything in it; the blocks inside follow it without gap.
  mutating func readBlock(_ select: JSONValue, kind: QueryBlock.Kind, parent: Int?) -> Int {
    let id = shape.blocks.count
    shape.blocks.append(QueryBlock(id: id, parent: parent, kind: kind))
    let outerBlock = block
    block = id
    openBlocks.insert(id)
    scopes.append(Scope())
    defer {
      scopes.removeLast()
      openBlocks.remove(id)
      block = outerBlock
    }
    let node = SyntaxNode(kind: "SelectStmt", fields: select)
    readCTEs(node)
    if let operation = setOperation(node) {
      shape.blocks[id].setOperation = operation
      for branch in branches(of: node) { _ = readBlock(branch, kind: .setBranch, parent: id) }
    } else {
      readClauses(node)
    }
    readOrdering(node)
    readLimits(node)
    return id
  }

  private mutating func readCTEs(_ node: SyntaxNode) {
    guard let with = node.fields["withClause"] else { return }
    let isRecursive = with["recursive"]?.bool ?? false
    for cte in SyntaxNode(kind: "WithClause", fields: with).children("ctes") {
      guard let query = cte.child("ctequery"), let name = cte.text("ctename") else { continue }
      let id = shape.blocks.count
      let columns = cte.names("aliascolnames")
      if !columns.isEmpty { declaredColumns[id] = columns }
      if isRecursive { scopes[scopes.count - 1].ctes[name] = id }
      let fence = Self.fences[cte.text("ctematerialized") ?? ""] ?? .unspecified
      _ = readBlock(
        query.fields, kind: .cte(name: name, fence: fence, isRecursive: isRecursive), parent: block)
      scopes[scopes.count - 1].ctes[name] = id
    }
  }

  private static let fences: [String: QueryBlock.Materialization] = [
    "CTEMaterializeAlways": .materialized, "CTEMaterializeNever": .notMaterialized,
  ]

  private func setOperation(_ node: SyntaxNode) -> QueryBlock.SetOperation? {
    let all = node.flag("all")
    return switch node.text("op") {
    case "SETOP_UNION": .union(all: all)
    case "SETOP_INTERSECT": .intersect(all: all)
    case "SETOP_EXCEPT": .except(all: all)
    default: nil
    }
  }

  /// The branches in order. A left arm of the same operation is part of the chain: thousands of
  /// UNION ALL are one block with thousands of branches.
  private func branches(of node: SyntaxNode) -> [JSONValue] {
    guard setOperation(node) != .except(all: false), setOperation(node) != .except(all: true) else {
      return [node.fields["larg"], node.fields["rarg"]].compactMap(\.self)
    }
    var result: [JSONValue] = []
    var current = node
    while let left = current.fields["larg"], let right = current.fields["rarg"] {
      result.append(right)
      let arm = SyntaxNode(kind: "SelectStmt", fields: left)
      let isPlain = ["sortClause", "limitCount", "limitOffset", "withClause"].allSatisfy { left[$0] == nil }
      guard isPlain, setOperation(arm) == setOperation(node) else {
        result.append(left)
        break
      }
      current = arm
    }
    return result.reversed()
  }

  private mutating func readClauses(_ node: SyntaxNode) {
    for item in node.children("fromClause") { _ = readItem(item) }
    if let condition = node.child("whereClause") {
      let range = text.range(of: condition, behind: .where)
      readCondition(condition, in: range, place: .condition)
    }
    readOutput(node)
    readGrouping(node)
    if let having = node.child("havingClause") {
      shape.blocks[block].hasHaving = true
      readCondition(having, in: text.range(of: having, behind: .having), place: .having)
      readAggregates(having.fields)
    }
    for window in node.children("windowClause") { readOther(window.fields, clause: .window) }
  }

  /// Columns and sub-selects of an expression that no list describes further.
  mutating func readOther(_ value: JSONValue, clause: ColumnUse.Clause) {
    readSubLinks(value, clause: clause)
    for column in columns(in: value) {
      shape.columns.append(ColumnUse(column: column, block: block, clause: clause))
    }
  }
}
