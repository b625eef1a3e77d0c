import Catalog
import JSONTree
import SQLNames

/// Makes the SELECT that finds the rows an UPDATE or DELETE would change, with the same plan.
///
/// The user's own text is kept: it is cut at the clause boundaries, which the tree and the tokens give,
/// and put together again. ``checkedResult()`` parses the result and compares its WITH, FROM, WHERE and
/// assigned expressions with the original's.
///
///     UPDATE t SET a = u.b FROM u WHERE t.id = u.id
///     SELECT t.ctid, u.ctid, u.b
///     FROM u, t
///     WHERE t.id = u.id
///
/// Where the catalog was asked, more of what the planner's costs depend on is in it: see ``RewriteForm``.
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
    hiddenTarget = HiddenTarget(root, target: form.target)
  }

  /// What the report must say about this rewrite.
  var notes: [AdmissionNote] {
    var notes = [AdmissionNote.rewritten(origin, form)]
    if clauses.returning != nil { notes.append(.returningDropped) }
    if let hiddenTarget, let name = root.fields["relation"]?["relname"]?.string {
      let table = QualifiedName(schema: hiddenTarget.schema, name: name)
      notes.append(.targetQualified(table, isKnown: form.target != nil))
    }
    if values.hasDefaults { notes.append(.defaultsLeftOut) }
    if clauses.sources != nil { notes.append(.rowsMayRepeat(origin)) }
    return notes
  }

  /// The SELECT, proven to read, join and filter what the original does.
  func checkedResult() throws(AdmissionError) -> ParsedStatement { try checked(text) }

  /// A text, proven to be such a SELECT.
  func checked(_ text: String) throws(AdmissionError) -> ParsedStatement {
    let result = try ParsedStatement.only(in: text)
    guard let select = result.root, result.statements.count == 1, select.kind == "SelectStmt" else {
      throw .rewriteDiffers(clause: "its kind")
    }
    let fields = root.fields
    try require("WITH", SyntaxNode.sameStructure(fields["withClause"], select.fields["withClause"]))
    try require("WHERE", SyntaxNode.sameStructure(fields["whereClause"], select.fields["whereClause"]))
    let items = select.fields["fromClause"]?.elements ?? []
    let target = (placesTargetFirst ? items.first : items.last)?.firstMember
    try require("its target", target?.key == "RangeVar")
    try require("its target", isTarget(target?.value))
    let others = placesTargetFirst ? items.dropFirst() : items.dropLast()
    let sources = sources?.elements ?? []
    let same = zip(others, sources).allSatisfy { SyntaxNode.sameStructure($0, $1) }
    try require("FROM", same && others.count == sources.count)
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
    let first = placesTargetFirst ? clauses.target : sources
    let list = statement.source.slice(sources)
    let separator = statement.source.endsInLineComment(first) ? "\n, " : ", "
    return placesTargetFirst ? target + separator + list : list + separator + target
  }

  /// The statement joins its target first, and the planner's estimates and its choice between plans of like
  /// cost depend on the order. But there a LATERAL item could see the target, which UPDATE forbids.
  private var placesTargetFirst: Bool {
    guard form.target != nil, let sources else { return false }
    let label = root.fields["relation"].flatMap { $0["alias"]?["aliasname"]?.string ?? $0["relname"]?.string }
    let functions = sources.descendants(named: "RangeFunction") + sources.descendants(named: "RangeTableFunc")
    let subSelects = sources.descendants(named: "RangeSubselect").filter { $0["lateral"] != nil }
    return (functions + subSelects).flatMap { $0.descendants(named: "ColumnRef") }
      .allSatisfy { Self.isQualified(SyntaxNode(kind: "ColumnRef", fields: $0), otherThan: label) }
  }

  /// Whether a column's name says that it belongs to another relation.
  private static func isQualified(_ column: SyntaxNode, otherThan label: String?) -> Bool {
    let fields = column.children("fields")
    return fields.count > 1 && fields[fields.count - 2].text("sval") != label
      && fields[fields.count - 2].text("str") != label
  }

  private var sources: JSONValue? { root.fields["fromClause"] ?? root.fields["usingClause"] }

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
    let others = RowIdentities(root, form).expressions
    guard form.hasRowIdentifiers else { return [label + ".*"] + (form.target == nil ? [] : others) }
    let table = form.target?.isInherited == true && relation.flag("inh") ? [label + ".tableoid"] : []
    return [label + ".ctid"] + table + others
  }
}

/// A target whose name WITH gives to a CTE: UPDATE and DELETE mean the table all the same, a SELECT would
/// not.
private struct HiddenTarget {
  /// What must stand before the name.
  let schema: String

  /// `nil` where no CTE has the target's name.
  init?(_ root: SyntaxNode, target: RewriteTarget?) {
    let relation = root.fields["relation"]
    let ctes = root.fields["withClause"]?["ctes"]?.elements.compactMap { SyntaxNode($0)?.text("ctename") }
    guard let name = relation?["relname"]?.string, relation?["schemaname"] == nil,
      ctes?.contains(name) == true
    else { return nil }
    schema = target?.schema ?? "public"
  }
}
