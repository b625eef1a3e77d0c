/// Every kind of text that somebody may give, and what becomes of it.
///
/// The names are those of the database that the live test makes, so that a statement which slipped through would take effect.
public enum AdmissionRows {
  /// All rows, in the order of their groups.
  public static let all: [AdmissionRow] =
    queries + lockingClauses + modifications + writingFunctions + writingStatements + copies + codeAndCursors
    + sessions + definitions + alterations + removals + utilities + writingCTEs + intoAndCurrentOf + layouts
    + severalStatements + psqlCommands + notUnderstood + bytes + bounds

  static func read(_ text: String, live: AdmissionRow.LiveOutcome = .report) -> AdmissionRow {
    AdmissionRow(text, .admitted, .readsOnly, live: live)
  }

  static func no(_ text: String, _ rule: AdmissionRule) -> AdmissionRow {
    AdmissionRow(text, .rejected, rule)
  }
}
