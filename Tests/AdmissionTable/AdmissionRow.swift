/// One line of the admission table: what is given, what becomes of it, and by which rule.
public struct AdmissionRow: Sendable, CustomStringConvertible {
  /// What becomes of a text.
  public enum Verdict: Sendable, Hashable {
    /// It runs as it stands, but for a locking clause.
    case admitted
    /// A SELECT is made of it.
    case rewritten
    /// Nothing of it is ever sent to a server.
    case rejected
  }

  /// What `analyze` makes of a text that is not rejected, in the database of the live test.
  public enum LiveOutcome: Sendable, Hashable {
    /// A report.
    case report
    /// No report, because a function could write.
    case functionRejected
    /// No report: the server does not take the statement.
    case serverRefuses
  }

  /// Where statements of the table write files; no such folder is ever used.
  public static let copyFolder = "/copies/"

  /// The bytes as they come from a file or from a terminal.
  public let bytes: [UInt8]
  /// What becomes of it.
  public let verdict: Verdict
  /// Which rule decides.
  public let rule: AdmissionRule
  /// Of no meaning where the text is rejected.
  public let live: LiveOutcome

  init(_ text: String, _ verdict: Verdict, _ rule: AdmissionRule, live: LiveOutcome = .report) {
    self.init(Array(text.utf8), verdict, rule, live: live)
  }

  init(_ bytes: [UInt8], _ verdict: Verdict, _ rule: AdmissionRule, live: LiveOutcome = .report) {
    self.bytes = bytes
    self.verdict = verdict
    self.rule = rule
    self.live = live
  }

  /// The text, with U+FFFD for what is no UTF-8.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text, or the beginning of a long one.
  public var description: String { text.count > 90 ? "\(text.prefix(90))…" : text }
}
