import Catalog
import Reporting
import Statements
import Workflow

extension ReportedStatement {
  /// What the report says of an admitted statement, and of how its rewrite compares.
  init(_ statement: AdmittedStatement, fidelity: RewriteFidelity?) {
    let isChanged = statement.sql.text != statement.original
    self.init(
      original: statement.original, ran: isChanged ? statement.sql.text : nil,
      kind: Kind(statement.origin),
      notes: statement.notes.map(\.sentence) + (fidelity.map { [$0.sentence] } ?? []))
  }
}

extension ReportedStatement.Kind {
  init(_ origin: StatementOrigin) {
    self =
      switch origin {
      case .select: .select
      case .update: .update
      case .delete: .delete
      }
  }
}

extension AdmissionNote {
  /// What the report and `rewrite` say about it.
  var sentence: String {
    switch self {
    case .lockingDropped(let clauses):
      "\(clauses.joined(separator: ", ")) was left out: plan capture locks no rows; the run was not parallel, as the original is not"
    case .rewritten(let origin, .rowIdentifiers):
      "the \(origin.rawValue) was rewritten to a SELECT of the same rows, by ctid, which gets the plan that the \(origin.rawValue) would; nothing is written, and foreign keys, triggers, index maintenance and locks are not part of this plan"
    case .rewritten(let origin, .allColumns):
      "the \(origin.rawValue) was rewritten to a SELECT of the same rows with all columns; nothing is written, and foreign keys, triggers, index maintenance and locks are not part of this plan"
    case .returningDropped: "RETURNING was left out: it has no part in finding the rows"
    case .rowsMayRepeat(let origin):
      "a row that is matched more than once is counted as often here; \(origin.rawValue) would change it once"
    }
  }
}

extension RewriteFidelity {
  /// What the report says about it.
  var sentence: String {
    switch self {
    case .same:
      "Plain EXPLAIN of the original statement was compared with the SELECT's plan: same nodes, relations, conditions and total cost"
    case .differs(let differences):
      "Plain EXPLAIN of the original statement differs from the SELECT's plan: \(differences.prefix(3).joined(separator: "; "))"
    case .notCompared(let reason): "The original statement's plan was not compared: \(reason)"
    }
  }
}
