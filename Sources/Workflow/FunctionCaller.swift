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
  /// Names of types that its values are given as.
  var typeNames: [String] = []
  /// OIDs of the types that it takes and returns, where it is a function that is written out.
  var signature: [Int] = []
  /// What it calls by OID.
  var stored = StoredExpression.empty
  /// Set where what it calls cannot be known.
  var unreadable: FunctionRejection?

  init(path: String?, calls: CalledNames?) {
    self.path = path
    self.calls = calls
    attributes = calls?.attributes ?? []
  }

  /// A definition that the catalog keeps as a tree; one without a tree cannot be read.
  ///
  /// One that is not run, but planned with a table, counts by what stands on constants alone.
  init(_ row: Row) {
    self.init(path: row["path"], calls: nil)
    if let tree = row["tree"] {
      stored = row.bool("is_run") == true ? StoredExpression(tree) : StoredExpression(constantPartsOf: tree)
    } else {
      let name = QualifiedName(schema: nil, name: path ?? "")
      unreadable = FunctionRejection(function: name, objection: .cannotBeRead, path: nil)
    }
  }

  /// A definition that is kept as text; `nil` where it is no query, which nothing writes out.
  init?(_ kind: CalledKind, _ name: QualifiedName, in place: String?, text: String) {
    self.init(
      path: [place, "\(kind.rawValue) \(name.quoted)"].compactMap(\.self).joined(separator: " → "), calls: nil
    )
    do throws(AdmissionError) {
      calls = try Admission.admit(StatementText(text), parameters: .notNeeded).calls
      attributes = calls?.attributes ?? []
    } catch {
      guard error.isAboutGrammar else { return nil }
      unreadable = FunctionRejection(function: name, objection: .cannotBeRead, path: place, kind: kind)
    }
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
