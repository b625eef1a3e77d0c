import Catalog
import JSONTree
import SQLNames

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
  private let values: AssignedValues
  private let hiddenTarget: HiddenTarget?

  init(_ statement: ParsedStatement, origin: StatementOrigin, form: RewriteForm) throws(AdmissionError) {
    guard let root = statement.root, let clauses = ModifyClauses(root, in: statement.source) else {
      throw .rewriteDiffers(clause: "its clauses")
    }
    self.statement = statement
    self.root = root
    self.origin = origin
    self.form = form
    self.clauses = clauses
    values = AssignedValues(root, clauses, in: statement.source, target: form.target)
    hiddenTarget = try HiddenTarget(root, origin: origin, target: form.target)
  }

  /// What the report must say about this rewrite.
  var notes: [AdmissionNote] {
    var notes = [AdmissionNote.rewritten(origin, form)]
    if clauses.returning != nil { notes.append(.returningDropped) }
    if values.hasDefaults { notes.append(.defaultsLeftOut) }
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
    try require("its target", isTarget(target?.value))
    let sources = fields["fromClause"] ?? fields["usingClause"]
    let same = zip(items, sources?.elements ?? []).allSatisfy { SyntaxNode.sameStructure($0, $1) }
    try require("FROM", same && items.count == sources?.elements.count ?? 0)
    try require("SET", hasSameValues(select))
    return result
  }

  private func isTarget(_ relation: JSONValue?) -> Bool {
    let own = root.fields["relation"]
    guard let hiddenTarget else { return SyntaxNode.sameStructure(own, relation) }
    return SyntaxNode.sameStructure(own, relation, ignoring: ["schemaname"])
      && relation?["schemaname"]?.string == hiddenTarget.schema
  }

  private func hasSameValues(_ select: SyntaxNode) -> Bool {
    let outputs = select.children("targetList").dropFirst(identities.count)
    return outputs.count == values.items.count
      && zip(values.items, outputs).allSatisfy { $0.isSame(as: $1) }
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
    guard let sources = clauses.sources else { return target }
    return statement.source.slice(sources) + (clauses.sourcesEndInComment ? "\n, " : ", ") + target
  }

  private var target: String {
    guard let hiddenTarget else { return statement.source.slice(clauses.target) }
    return statement.source.slice(clauses.target.lowerBound..<clauses.targetName)
      + SQLIdentifier(hiddenTarget.schema).quoted + "."
      + statement.source.slice(clauses.targetName..<clauses.target.upperBound)
  }

  private var selectList: String {
    (identities + values.items.map(\.text)).joined(separator: ", ")
  }

  private var identities: [String] {
    let relation = root.fields["relation"].map { SyntaxNode(kind: "RangeVar", fields: $0) }
    guard let relation, let label = relation.label else { return [] }
    guard form.hasRowIdentifiers else { return [label + ".*"] }
    let table = form.target?.isInherited == true && relation.flag("inh") ? [label + ".tableoid"] : []
    return [label + ".ctid"] + table + RowIdentities(root, relations: form.relations).expressions
  }
}

/// A target whose name WITH gives to a CTE: UPDATE and DELETE mean the table all the same, a SELECT would
/// not.
private struct HiddenTarget {
  /// What must stand before the name.
  let schema: String

  /// `nil` where no CTE has the target's name.
  init?(_ root: SyntaxNode, origin: StatementOrigin, target: RewriteTarget?) throws(AdmissionError) {
    let relation = root.fields["relation"]
    let ctes = root.fields["withClause"]?["ctes"]?.elements.compactMap { SyntaxNode($0)?.text("ctename") }
    guard let name = relation?["relname"]?.string, relation?["schemaname"] == nil,
      ctes?.contains(name) == true
    else { return nil }
    guard let target else { throw .targetHidden(origin, name: name) }
    schema = target.schema
  }
}
