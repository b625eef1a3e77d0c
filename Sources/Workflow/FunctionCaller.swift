import Catalog
import Postgres
import Statements

/// Something that calls functions.
struct FunctionCaller {
  /// `view public.v`, `policy p on public.t`, `domain public.d`; `nil` for the statement itself.
  let path: String?
  /// What it calls by name; `nil` where it is not kept as text.
  var calls: CalledNames?
  /// Names behind dots that may be calls: not the columns of the tables that they stand behind.
  var attributes: [AttributeUse]
  /// What stands before a dot and is known to mean a whole row.
  var rows: Set<String> = []
  /// Names that may be types of values which it writes.
  var typeNames: [String] = []
  /// OIDs of the types of its parameters, and of what it returns where it is a function that is written out.
  var signature: [Int] = []
  /// What it calls by OID.
  var stored = StoredExpression.empty
  /// Functions, by OID, that planning meets in it though it does not run them: it folds their defaults.
  var planned: Set<Int> = []
  /// Set where what it calls cannot be known.
  var unreadable: FunctionRejection?

  init(path: String?, calls: CalledNames?) {
    self.path = path
    self.calls = calls
    attributes = calls?.attributes ?? []
  }

  /// A definition that the catalog keeps as a tree; one without a tree cannot be read.
  ///
  /// One that is not run, but planned with a table, counts by what planning folds, and by its operators where
  /// planning estimates with it.
  init(_ row: Row) {
    self.init(path: row["path"], calls: nil)
    if let tree = row["tree"] {
      let whole = StoredExpression(tree)
      stored = row["use"] == "run" ? whole : StoredExpression(foldedPartsOf: tree)
      if row["use"] == "estimated" { stored.take(operatorsOf: whole) }
      planned = whole.functions
      if whole.locksRows { unreadable = .locksRows(path) }
    } else {
      let name = QualifiedName(schema: nil, name: path ?? "")
      unreadable = FunctionRejection(function: name, objection: .cannotBeRead, path: nil)
    }
  }

  /// Something that is kept as a tree and runs wherever it stands.
  init(path: String, tree: String) {
    self.init(path: path, calls: nil)
    stored = StoredExpression(tree)
    if stored.locksRows { unreadable = .locksRows(path) }
  }

  /// The body of a function in SQL; `nil` where it is no query, which nothing writes out.
  static func body(
    _ body: (tree: String?, text: String), of function: QualifiedName, in place: String?
  ) -> FunctionCaller? {
    guard let tree = body.tree else { return FunctionCaller(.function, function, in: place, text: body.text) }
    let path = [place, "function \(function.quoted)"].compactMap(\.self).joined(separator: " → ")
    return FunctionCaller(path: path, tree: tree)
  }

  /// A definition that is kept as text; `nil` where it is no query, which nothing writes out.
  init?(_ kind: CalledKind, _ name: QualifiedName, in place: String?, text: String) {
    self.init(
      path: [place, "\(kind.rawValue) \(name.quoted)"].compactMap(\.self).joined(separator: " → "), calls: nil
    )
    do throws(AdmissionError) {
      let admitted = try Admission.admit(StatementText(text), parameters: .notNeeded)
      guard !admitted.locksRows else {
        unreadable = .locksRows(path)
        return
      }
      calls = admitted.calls
      attributes = admitted.calls.attributes
    } catch {
      guard error.isAboutGrammar else { return nil }
      unreadable = FunctionRejection(function: name, objection: .cannotBeRead, path: place, kind: kind)
    }
  }
}

extension AdmittedStatement {
  fileprivate var locksRows: Bool {
    notes.contains { if case .lockingDropped = $0 { true } else { false } }
  }
}

extension FunctionRejection {
  /// Nothing vouches for it: the server would refuse it after planning.
  fileprivate static func locksRows(_ path: String?) -> FunctionRejection {
    FunctionRejection(
      function: QualifiedName(schema: nil, name: path ?? ""), objection: .locksRows, path: path)
  }
}

extension AdmissionError {
  /// The text was not understood, rather than understood to be no query.
  fileprivate var isAboutGrammar: Bool {
    switch self {
    case .syntax, .tooLong, .tooManyTokens, .tooDeep, .commentsTooDeep, .containsNUL, .invalidUTF8: true
    default: false
    }
  }
}
