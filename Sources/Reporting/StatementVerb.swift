import Statements

/// What a statement in a report would do if it were run.
enum StatementVerb {
  /// Whether it may change data, by PostgreSQL's grammar; by its first word where the grammar does not
  /// understand the text.
  static func writes(_ sql: String) -> Bool {
    do {
      return try Admission.admit(StatementText(sql), parameters: .notNeeded).origin != .select
    } catch {
      switch error {
      case .statement, .dataModifyingCTE, .selectInto, .currentOf: return true
      default: return writing.contains(firstWord(of: sql))
      }
    }
  }

  /// What the user's statement was.
  static func kind(of sql: String) -> ReportedStatement.Kind {
    let admitted = try? Admission.admit(StatementText(sql), parameters: .notNeeded)
    switch admitted?.origin {
    case .update: return .update
    case .delete: return .delete
    case .select, nil: return .select
    }
  }

  private static let writing: Set<String> = ["UPDATE", "DELETE", "INSERT", "MERGE", "TRUNCATE"]

  /// In upper case, comments skipped.
  private static func firstWord(of sql: String) -> String {
    var text = Substring(sql).drop { $0.isWhitespace }
    while text.hasPrefix("--") { text = text.drop { !$0.isNewline }.drop { $0.isWhitespace } }
    return text.prefix { $0.isLetter }.uppercased()
  }
}
