import Catalog
import Reporting
import Statements
import Workflow

extension ReportedStatement {
  /// What the report says of an admitted statement.
  init(_ statement: AdmittedStatement) {
    let isChanged = statement.sql.text != statement.original
    self.init(
      original: statement.original, ran: isChanged ? statement.sql.text : nil,
      kind: Kind(statement.origin),
      notes: statement.notes.filter { !$0.isRewriting }.map(\.description))
  }

  /// The same with how its rewrite compares, and with its parameters.
  init(_ statement: AdmittedStatement, _ result: AnalysisResult, _ kind: PlanKind) {
    self.init(statement)
    notes += result.capture.fidelity.map { [$0.sentence] } ?? []
    notes += result.capture.rowSecurity
    notes += PlanKindWords.sentences(result, kind)
    notes += result.capture.functions.unusedVouches.map(Self.unusedVouch)
    let known = Set(statement.parameters)
    parameters = result.capture.parameters.all.map {
      ReportedParameter($0, isInSelect: known.contains($0.number))
    }
  }
}

extension ReportedStatement {
  private static func unusedVouch(_ function: QualifiedName) -> String {
    "--allow-function \(function.quoted) was not needed: the statement calls no function of that name, nor does what it reads."
  }
}

extension ReportedParameter {
  /// - Parameter isInSelect: the SELECT that ran has it; of one that stands in RETURNING alone no type was
  ///   inferred.
  fileprivate init(_ parameter: BoundParameters.Parameter, isInSelect: Bool) {
    let inferred = isInSelect ? parameter.type?.label : nil
    self.init(
      number: parameter.number, value: parameter.value,
      type: parameter.typeName == nil ? inferred : parameter.type?.label ?? parameter.typeName,
      isInferred: parameter.typeName == nil)
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
  /// Says no more than the report's own words above the SELECT.
  fileprivate var isRewriting: Bool { if case .rewritten = self { true } else { false } }
}

extension RewriteFidelity {
  /// What the report says about it.
  var sentence: String {
    switch self {
    case .same:
      "Plain EXPLAIN of the original statement was compared with the SELECT's plan: same nodes, relations, conditions and total cost"
    case .sameWithoutIndexOnlyScans:
      "Plain EXPLAIN of the original statement was compared with the SELECT's plan: same nodes, relations, conditions and total cost, with enable_indexonlyscan off: the statement needs the rows themselves of every table that it joins"
    case .differs(let differences, let reason):
      "Plain EXPLAIN of the original statement differs from the SELECT's plan: \(differences.prefix(3).joined(separator: "; "))\(reason.map { " (\($0.words))" } ?? "")"
    case .notCompared(let reason): "The original statement's plan was not compared: \(reason)"
    }
  }
}

extension Capture {
  /// That the SELECT's rows need not be the statement's; nothing where the plans' conditions are the same.
  fileprivate var rowSecurity: [String] {
    switch fidelity {
    case .same, .sameWithoutIndexOnlyScans, nil: []
    case .differs, .notCompared: context.secured.filter(\.choosesOtherRowsToWrite).compactMap(\.sentence)
    }
  }
}

extension SecuredTable {
  fileprivate var sentence: String? {
    guard let writing else { return nil }
    let names = writing.policies.map { QualifiedName(schema: nil, name: $0).quoted }.joined(separator: ", ")
    let beginning = "Row-level security on \(name.quoted): "
    guard writing.permitsAny else {
      return beginning
        + "no policy lets this role \(writing.command) any row, so the statement changes none; the SELECT shows what the role may read"
    }
    return beginning
      + "the statement changes only rows that the policies for \(writing.command) let through (\(names)); the SELECT shows what the role may read, so its row count and plan may be others, as a rule larger"
  }
}

extension PlannerReason {
  /// Why, as a sentence without a final stop.
  fileprivate var words: String {
    switch self {
    case .rowSecurity: "row-level security has other policies for the statement than for the SELECT"
    case .locking: "without FOR UPDATE the SELECT has no LockRows, and the planner may merge the sub-select"
    case .foreignServer: "the foreign server changes the rows itself; the SELECT fetches them"
    case .noRows: "the planner proved that the statement finds no row"
    case .view:
      "the statement changes the table behind the view; the SELECT reads the view, which can be a sub-select of its own"
    case .keptSubSelect: "the statement keeps the whole row of a sub-select, so its Subquery Scan stays"
    case .returning: "RETURNING has sub-selects of its own or makes the joined rows wider"
    case .indexOnlyScans:
      "the statement needs the rows themselves of the tables that it joins, the SELECT can do with an index"
    case .equalCosts:
      "the costs of the two plans differ by less than 1 %, and the planner keeps the one that it meets first"
    case .otherConditions:
      "the statement has conditions that a SELECT does not have, as policies for row-level security"
    case .defaults: "the statement computes the defaults of columns"
    case .convertedRow: "the statement converts what its sub-select returns to the types of the columns"
    case .rowWidth:
      "the statement carries row identities or columns through its joins that a SELECT cannot name, so hashes and sorts have another size"
    case .targetLast:
      "the target comes last in the SELECT's FROM, where LATERAL items do not see it, and estimates depend on the order"
    }
  }
}
