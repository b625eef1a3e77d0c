import JSONTree

/// Makes the SELECT that finds the rows an UPDATE or DELETE would change, with the same plan.
///
/// The user's own text is kept: it is cut at the clause boundaries, which the tree and the tokens give,
/// and put together again. ``checkedResult()`` parses the result and compares its WITH, FROM and WHERE
/// with the original's.
///
///     UPDATE t SET a = u.b FROM u WHERE t.id = u.id
///     SELECT t.ctid, u.ctid, u.b
///     FROM u, t
///     WHERE t.id = u.id
struct SelectRewriter {
  private let statement: ParsedStatement
  private let root: SyntaxNode
  private let origin: StatementOrigin
  private let form: RewriteForm
  private let clauses: ModifyClauses

  init(_ statement: ParsedStatement, origin: StatementOrigin, form: RewriteForm) throws(AdmissionError) {
    guard let root = statement.root, let clauses = ModifyClauses(root, in: statement.source) else {
      throw .rewriteDiffers(clause: "its clauses")
    }
    self.statement = statement
    self.root = root
    self.origin = origin
    self.form = form
    self.clauses = clauses
  }

  /// What the report must say about this rewrite.
  var notes: [AdmissionNote] {
    var notes = [AdmissionNote.rewritten(origin, form)]
    if clauses.returning != nil { notes.append(.returningDropped) }
    if clauses.sources != nil { notes.append(.rowsMayRepeat(origin)) }
    return notes
  }

  /// The SELECT, proven to read, join and filter what the original does.
  func checkedResult() throws(AdmissionError) -> ParsedStatement {
    let result = try ParsedStatement.only(in: text)
    guard let select = result.root, result.statements.count == 1, select.kind == "SelectStmt" else {
      throw .rewriteDiffers(clause: "its kind")
    }
    let fields = root.fields
    try require("WITH", SyntaxNode.sameStructure(fields["withClause"], select.fields["withClause"]))
    try require("WHERE", SyntaxNode.sameStructure(fields["whereClause"], select.fields["whereClause"]))
    var items = select.fields["fromClause"]?.elements ?? []
    let target = items.popLast()?.firstMember
    try require("its target", target?.key == "RangeVar")
    try require("its target", SyntaxNode.sameStructure(fields["relation"], target?.value))
    let sources = fields["fromClause"] ?? fields["usingClause"]
    let same = zip(items, sources?.elements ?? []).allSatisfy { SyntaxNode.sameStructure($0, $1) }
    try require("FROM", same && items.count == sources?.elements.count ?? 0)
    return result
  }

  private func require(_ clause: String, _ condition: Bool) throws(AdmissionError) {
    guard condition else { throw .rewriteDiffers(clause: clause) }
  }

  // MARK: Text

  /// Each clause starts a line, so that a comment at the end of the one before cannot swallow it.
  private var text: String {
    var lines = ["SELECT " + selectList, "FROM " + fromList]
    if let condition = clauses.condition { lines.append("WHERE " + statement.source.slice(condition)) }
    return clauses.prefix + lines.joined(separator: "\n")
  }

  private var fromList: String {
    let target = statement.source.slice(clauses.target)
    guard let sources = clauses.sources else { return target }
    return statement.source.slice(sources) + (clauses.sourcesEndInComment ? "\n, " : ", ") + target
  }

  private var selectList: String {
    let items = identities + clauses.assignedExpressions(in: statement.source)
    // A table-less list is legal, but one column says what is selected.
    return items.joined(separator: ", ")
  }

  private var identities: [String] {
    guard let target = SyntaxNode(kind: "RangeVar", fields: root.fields["relation"] ?? root.fields).label
    else { return [] }
    switch form {
    case .allColumns: return [target + ".*"]
    case .rowIdentifiers(let missing):
      let names = cteNames
      let others = SourceTables(root).tables.filter {
        !$0.isMissing(from: missing) && !$0.isReference(to: names)
      }
      return ([target] + others.compactMap(\.label)).map { $0 + ".ctid" }
    }
  }

  private var cteNames: Set<String> {
    Set(
      SyntaxNode(kind: "WithClause", fields: root.fields["withClause"] ?? root.fields).children("ctes")
        .compactMap { $0.text("ctename") })
  }
}

extension SyntaxNode {
  /// How the columns of a RangeVar are addressed, quoted.
  fileprivate var label: String? {
    if let alias = fields["alias"]?["aliasname"]?.string { return SQLIdentifier(alias).quoted }
    return text("relname").map { QualifiedName(schema: text("schemaname"), name: $0).quoted }
  }

  fileprivate func isMissing(from relations: Set<QualifiedName>) -> Bool {
    guard let name = text("relname") else { return true }
    return relations.contains(QualifiedName(schema: text("schemaname"), name: name))
      || relations.contains(QualifiedName(schema: nil, name: name))
  }

  /// A name without a schema that a WITH clause defines is no table.
  fileprivate func isReference(to names: Set<String>) -> Bool {
    text("schemaname") == nil && text("relname").map(names.contains) == true
  }
}

/// The tables of FROM or USING, members of joins too, in the order of the text.
struct SourceTables {
  private(set) var tables: [SyntaxNode] = []

  init(_ root: SyntaxNode) {
    for item in root.children("fromClause") + root.children("usingClause") { add(item) }
  }

  private mutating func add(_ item: SyntaxNode) {
    switch item.kind {
    case "RangeVar": tables.append(item)
    case "RangeTableSample": item.child("relation").map { add($0) }
    // The alias of a join hides the tables inside it.
    case "JoinExpr" where item.fields["alias"] == nil:
      item.child("larg").map { add($0) }
      item.child("rarg").map { add($0) }
    default: break
    }
  }
}
