import CPgQuery
import JSONTree

/// PostgreSQL's own scanner and grammar: the one place that calls libpg_query.
///
/// Every result of the library is freed in the function that asked for it; what leaves is copied.
/// The caller has checked the text (``StatementBounds``) and calls ``parse(_:)``,
/// ``fingerprint(_:)`` and ``normalized(_:)`` on a ``LargeStack``.
enum PostgresGrammar {
  /// The major version of PostgreSQL whose grammar this build knows, as `15`.
  static let majorVersion = PG_MAJORVERSION

  /// The syntax tree as libpg_query prints it.
  static func parse(_ text: String) throws(GrammarError) -> JSONTree {
    let result = pg_query_parse(text)
    defer { pg_query_free_parse_result(result) }
    if let error = result.error { throw GrammarError(error.pointee) }
    guard let json = result.parse_tree else { throw GrammarError.noAnswer }
    do {
      return try JSONTree(String(cString: json).utf8)
    } catch {
      throw GrammarError(message: "unreadable syntax tree: expected \(error.expected)", cursor: nil)
    }
  }

  /// The tokens, comments included. Safe on any stack: the scanner does not recurse.
  static func scan(_ text: String) throws(GrammarError) -> [Token] {
    let result = pg_query_scan(text)
    defer { pg_query_free_scan_result(result) }
    if let error = result.error { throw GrammarError(error.pointee) }
    let message = UnsafeRawBufferPointer(start: result.pbuf.data, count: result.pbuf.len)
    var reader = TokenReader(message: Array(message), text: Array(text.utf8))
    return reader.tokens()
  }

  /// The same for all statements that differ only in constants; `nil` where the text does not parse.
  static func fingerprint(_ text: String) -> String? {
    let result = pg_query_fingerprint(text)
    defer { pg_query_free_fingerprint_result(result) }
    guard result.error == nil, let text = result.fingerprint_str else { return nil }
    return String(cString: text)
  }

  /// The text with constants replaced by parameters; `nil` where it does not parse.
  static func normalized(_ text: String) -> String? {
    let result = pg_query_normalize(text)
    defer { pg_query_free_normalize_result(result) }
    guard result.error == nil, let text = result.normalized_query else { return nil }
    return String(cString: text)
  }
}

/// The grammar does not accept a text.
struct GrammarError: Error, Equatable {
  /// As PostgreSQL words it: `syntax error at or near "form"`.
  let message: String
  /// Where, as PostgreSQL counts: characters from 1. `nil` where it does not say.
  let cursor: Int?

  static let noAnswer = GrammarError(message: "the parser returned nothing", cursor: nil)

  init(message: String, cursor: Int?) {
    self.message = message
    self.cursor = cursor
  }

  init(_ error: PgQueryError) {
    message = error.message.map { String(cString: $0) } ?? "unknown error"
    cursor = error.cursorpos > 0 ? Int(error.cursorpos) : nil
  }
}
