import Catalog
import SQLNames
import Statements

/// A condition that no plain B-tree serves: a pattern, or what a document, an array, a text or a range contains.
struct ContainmentTest {
  let predicate: ColumnPredicate
  /// The column that is searched.
  let column: String
  let kind: Kind
  /// The key of the index that would serve: the column, or an expression of it.
  let key: IndexKey
  let method: IndexMethod
  /// The extension that brings ``key``'s operator class.
  let requiredExtension: String?

  /// What is searched for.
  enum Kind: Equatable {
    /// A start of the text, of so many characters.
    case prefix(String)
    /// Something inside the text. ``hasTrigrams`` is `nil` where the pattern is a parameter.
    case pattern(hasTrigrams: Bool?)
    /// `value = ANY (column)`, which no index serves as it is written; the same test that one does.
    case anyOf(contained: String)
    /// An operator that an inverted index has.
    case contained(String)
  }

  /// `nil` for conditions of another kind, and where the column's type has no such index.
  init?(_ predicate: ColumnPredicate, label: String, relation: RelationEvidence?) {
    guard !predicate.hasSubSelect, let text = predicate.text?.text else { return nil }
    let types = { (name: String) in relation?.column(name).map { ColumnType(text: $0.type) } }
    if case .any("=") = predicate.comparison, predicate.column == nil,
      case .column(let column) = predicate.operand, column.belongs(to: label),
      predicate.columns.count == 1, types(column.name)?.isArray ?? true
    {
      self.init(predicate, member: column, text)
      return
    }
    guard let column = predicate.column, column.belongs(to: label),
      predicate.allColumns.allSatisfy({ $0.name == column.name && $0.belongs(to: label) })
    else { return nil }
    if predicate.comparison.isPattern {
      self.init(pattern: predicate, column, label, types(column.name), text)
    } else if case .operator(let name) = predicate.comparison {
      self.init(operator: name, predicate, column, label, types(column.name), text)
    } else {
      return nil
    }
  }

  private init(
    _ predicate: ColumnPredicate, column: String, kind: Kind, key: IndexKey, method: IndexMethod,
    requiredExtension: String? = nil
  ) {
    self.predicate = predicate
    self.column = column
    self.kind = kind
    self.key = key
    self.method = method
    self.requiredExtension = requiredExtension
  }

  // MARK: Members of arrays

  private init(_ predicate: ColumnPredicate, member column: ColumnReference, _ text: String) {
    let value = PrintedText.unbracketed(text).split(separator: " = ANY (").first.map(String.init) ?? ""
    let name = SQLIdentifier(column.name).quoted
    self.init(
      predicate, column: column.name, kind: .anyOf(contained: "\(name) @> ARRAY[\(value)]"),
      key: IndexKey(column.name), method: .gin)
  }

  // MARK: Operators

  private init?(
    operator name: String, _ predicate: ColumnPredicate, _ column: ColumnReference, _ label: String,
    _ type: ColumnType?, _ text: String
  ) {
    let isDocument = type.map { $0.base == "jsonb" } ?? text.contains("::jsonb")
    let isArray = type?.isArray ?? text.contains("[]")
    let isRange = type.map { $0.base.hasSuffix("range") } ?? false
    let isWrapped = !predicate.wrapping.isEmpty
    switch name {
    case "@>" where isDocument && !isWrapped:
      self.init(
        predicate, column: column.name, kind: .contained(name),
        key: IndexKey(column.name, operatorClass: "jsonb_path_ops"), method: .gin)
    case "?", "?|", "?&", "@?", "@@":
      let isSearch = name == "@@" && !isDocument
      guard isDocument && !isWrapped || isSearch,
        let key = isSearch ? Self.searchKey(predicate, column, label, type, text) : IndexKey(column.name)
      else { return nil }
      self.init(predicate, column: column.name, kind: .contained(name), key: key, method: .gin)
    case "@>", "&&", "<@":
      guard isArray && !isDocument || isRange, !isWrapped else { return nil }
      self.init(
        predicate, column: column.name, kind: .contained(name), key: IndexKey(column.name),
        method: isRange ? .gist : .gin)
    default: return nil
    }
  }

  /// A column of words, or words made of a text with a named configuration: without it they depend on the session.
  private static func searchKey(
    _ predicate: ColumnPredicate, _ column: ColumnReference, _ label: String, _ type: ColumnType?,
    _ text: String
  ) -> IndexKey? {
    if predicate.wrapping.isEmpty {
      return type?.base ?? "tsvector" == "tsvector" ? IndexKey(column.name) : nil
    }
    let tested = PrintedText.unbracketed(text).split(separator: " @@ ").first.map(String.init) ?? ""
    guard tested.hasPrefix("to_tsvector('"), predicate.wrapping.first == .function("to_tsvector") else {
      return nil
    }
    return IndexKey(PrintedText.unqualified(tested, label: label), isExpression: true)
  }

  // MARK: Patterns

  private init?(
    pattern predicate: ColumnPredicate, _ column: ColumnReference, _ label: String, _ type: ColumnType?,
    _ text: String
  ) {
    guard type?.isText ?? true, let key = Self.patternKey(predicate, column, label, text) else { return nil }
    guard case .constant(let constant) = predicate.operand else {
      self.init(
        predicate, column: column.name, kind: .pattern(hasTrigrams: nil), key: Self.trigrams(key),
        method: .gin,
        requiredExtension: "pg_trgm")
      return
    }
    let pattern = SearchedText(constant.text, predicate.comparison, operatorText: text)
    if let prefix = pattern.prefix, !prefix.isEmpty {
      self.init(
        predicate, column: column.name, kind: .prefix(prefix),
        key: IndexKey(key.text, isExpression: key.isExpression, operatorClass: "text_pattern_ops"),
        method: .btree)
    } else {
      self.init(
        predicate, column: column.name, kind: .pattern(hasTrigrams: pattern.hasTrigrams),
        key: Self.trigrams(key), method: .gin, requiredExtension: "pg_trgm")
    }
  }

  private static func trigrams(_ key: IndexKey) -> IndexKey {
    IndexKey(key.text, isExpression: key.isExpression, operatorClass: "gin_trgm_ops")
  }

  /// The column, or `lower(column)` and its like.
  private static func patternKey(
    _ predicate: ColumnPredicate, _ column: ColumnReference, _ label: String, _ text: String
  ) -> IndexKey? {
    let functions: Set<ColumnWrapping> = [.function("lower"), .function("upper")]
    let layers = predicate.wrapping.filter { $0 != .cast("text") }
    guard !layers.isEmpty else { return IndexKey(column.name) }
    let symbols = [" ~~* ", " ~~ ", " ~* ", " ~ "]
    let inner = PrintedText.unbracketed(text)
    guard layers.count == 1, functions.contains(layers[0]),
      let symbol = symbols.first(where: inner.contains), let tested = inner.split(separator: symbol).first
    else { return nil }
    return IndexKey(
      PrintedText.unqualified(PrintedText.unbracketed(String(tested)), label: label), isExpression: true)
  }
}

extension Statements.Comparison {
  /// LIKE and regular expressions that look for something, not for its absence.
  fileprivate var isPattern: Bool { [.like, .caselessLike, .similar, .matches].contains(self) }
}

/// The text that a pattern looks for.
struct SearchedText {
  /// How every match starts, where case counts; `nil` where it may start with anything.
  let prefix: String?
  /// Three letters or digits in a row that every match has: what a trigram index looks up.
  let hasTrigrams: Bool

  /// - Parameter operatorText: the condition as printed, which tells `~` from `~*`.
  init(_ pattern: String, _ comparison: Statements.Comparison, operatorText: String) {
    switch comparison {
    case .like, .caselessLike:
      prefix = comparison == .like ? LikePattern(pattern, isCaseless: false).prefix : nil
      hasTrigrams = Self.hasTrigrams(pattern.split { $0 == "%" || $0 == "_" }.map(String.init))
    default:
      prefix = Self.start(ofExpression: pattern, isCaseless: operatorText.contains(" ~* "))
      hasTrigrams = Self.hasTrigrams(Self.fixedRuns(ofExpression: pattern))
    }
  }

  private static func hasTrigrams(_ runs: [String]) -> Bool {
    runs.contains { run in run.split { !$0.isLetter && !$0.isNumber }.contains { $0.count >= 3 } }
  }

  /// Plain characters behind `^`, up to the first that means something else.
  private static func start(ofExpression pattern: String, isCaseless: Bool) -> String? {
    guard pattern.hasPrefix("^"), !isCaseless, !pattern.contains("|") else { return nil }
    var start = pattern.dropFirst().prefix { !special.contains($0) }
    if let next = pattern.dropFirst(start.count + 1).first, "*?{".contains(next) { start = start.dropLast() }
    return start.isEmpty ? nil : String(start)
  }

  /// Runs of plain characters outside brackets; a character that may be missing ends its run.
  private static func fixedRuns(ofExpression pattern: String) -> [String] {
    guard !pattern.contains("|"), !pattern.contains("(") else { return [] }
    var (runs, run, isClass) = ([String](), "", false)
    for character in pattern {
      if character == "[" { isClass = true }
      if isClass || special.contains(character) {
        if "*?{".contains(character) { run = String(run.dropLast()) }
        runs.append(run)
        run = ""
        if character == "]" { isClass = false }
      } else {
        run.append(character)
      }
    }
    return runs + [run]
  }

  private static let special: Set<Character> = [
    "^", "$", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "\\",
  ]
}
