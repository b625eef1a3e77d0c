import Catalog
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
    (identities + clauses.assignedExpressions(in: statement.source)).joined(separator: ", ")
  }

  private var identities: [String] {
    guard let target = root.fields["relation"].flatMap({ SyntaxNode(kind: "RangeVar", fields: $0).label })
    else {
      return []
    }
    return switch form {
    case .allColumns: [target + ".*"]
    case .rowIdentifiers(let missing): [target + ".ctid"] + RowIdentities(root, missing: missing).expressions
    }
  }
}
