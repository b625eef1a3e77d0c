/// Replaces the constants of SQL, of conditions in plans and of index definitions by `$1`, `$2`, …
///
/// The same constant gets the same number as long as one redactor lives, so that a reader can still
/// follow a value from the statement to the plan. Numbers that parameters bear already are left out.
/// PostgreSQL's scanner tells what a constant is; names, NULL, TRUE and FALSE stay.
public struct Redactor: Sendable {
  private var numbers: [String: Int] = [:]
  private var taken: Set<Int>
  private var last = 0

  /// A redactor that gives no number to a constant that stands for a parameter in one of the texts.
  public init(avoiding texts: [String] = []) {
    taken = Set(texts.flatMap(Self.parameterNumbers))
  }

  /// How many different constants were replaced.
  public var count: Int { numbers.count }

  /// A statement, or any other SQL.
  public mutating func redact(sql: String) -> String { redactExpression(sql) }

  /// What `pg_get_indexdef` or `pg_get_expr` printed: storage parameters stay.
  public mutating func redact(indexDefinition: String) -> String { redactExpression(indexDefinition) }

  // MARK: Expressions

  /// Text that does not even scan is left out as a whole: what cannot be read cannot be cleared.
  mutating func redactExpression(_ text: String) -> String {
    guard let scanned = Self.scan(text) else { return number(for: text) }
    return replaceConstants(of: SourceTokens(text: text, tokens: scanned))
  }

  /// `nil` where a constant does not end in the text, or where the text is not SQL.
  static func scan(_ text: String) -> [Token]? {
    guard (try? StatementText(text)) != nil else { return nil }
    return try? PostgresGrammar.scan(text)
  }

  private mutating func replaceConstants(of source: SourceTokens) -> String {
    var result = ""
    var position = 0
    let kept = RedactionContext(source)
    for (index, token) in source.tokens.enumerated() where Self.isConstant(token) && !kept.keeps(index) {
      result += source.slice(position..<token.start)
      result += number(for: source.slice(token.range))
      position = token.end
    }
    result += source.slice(position..<source.byteCount)
    return withoutComments(result, source)
  }

  private static func isConstant(_ token: Token) -> Bool { token.kind == .string || token.kind == .number }

  /// A comment may hold a constant as well: `-- AND id = 4711`.
  private func withoutComments(_ text: String, _ original: SourceTokens) -> String {
    guard !original.comments.isEmpty, let tokens = try? PostgresGrammar.scan(text) else { return text }
    let source = SourceTokens(text: text, tokens: tokens)
    var result = ""
    var position = 0
    for comment in source.comments {
      result += source.slice(position..<comment.start)
      result += comment.kind == .lineComment ? "--" : "/**/"
      position = comment.end
    }
    return result + source.slice(position..<source.byteCount)
  }

  mutating func number(for constant: String) -> String {
    let value = Self.value(of: constant)
    if let number = numbers[value] { return "$\(number)" }
    repeat { last += 1 } while taken.contains(last)
    numbers[value] = last
    return "$\(last)"
  }

  /// `'5'::integer` in a plan is the `5` of the statement.
  private static func value(of constant: String) -> String {
    guard constant.utf8.count >= 2, constant.hasPrefix("'"), constant.hasSuffix("'") else { return constant }
    return String(constant.dropFirst().dropLast())
  }

  private static func parameterNumbers(_ text: String) -> [Int] {
    let tokens = Self.scan(text) ?? []
    let bytes = Array(text.utf8)
    let scanned = tokens.filter { $0.kind == .parameter }
    if !tokens.isEmpty {
      return scanned.compactMap { Int(String(decoding: bytes[$0.range].dropFirst(), as: UTF8.self)) }
    }
    // A whole plan is no SQL: a dollar sign and digits are enough.
    return text.split(separator: "$").dropFirst().compactMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }
  }
}

/// The numbers in SQL that are no values: lengths of types and storage parameters.
struct RedactionContext {
  private let keptTokens: Set<Int>

  init(_ source: SourceTokens) {
    var kept: Set<Int> = []
    for index in source.tokens.indices where source.isSymbol(index, "(") {
      let before = source.text(at: index - 1).lowercased()
      guard Self.isTypeLength(index, before, in: source) || source.keyword(index - 1) == .with else {
        continue
      }
      kept.formUnion(index..<min(source.closing(index), source.tokens.count))
    }
    keptTokens = kept
  }

  func keeps(_ token: Int) -> Bool { keptTokens.contains(token) }

  /// `numeric(10,2)`: nothing but whole numbers between the brackets behind a type.
  private static func isTypeLength(_ open: Int, _ before: String, in source: SourceTokens) -> Bool {
    guard typesWithLength.contains(before) else { return false }
    return (open + 1..<source.closing(open)).allSatisfy {
      source.tokens[$0].kind == .number || source.isSymbol($0, ",")
    }
  }

  private static let typesWithLength: Set<String> = [
    "bit", "bpchar", "char", "character", "dec", "decimal", "float", "interval", "numeric", "time",
    "timestamp", "timestamptz", "timetz", "varbit", "varchar", "varying",
  ]
}
