/// Why a command ends without having done its work: one line that says it all, and a status.
struct CommandFailure: Error {
  /// What to tell the shell.
  let status: ExitStatus
  /// What happened, why, and what to do: printed behind `plandx: `.
  let message: String
  /// Up to seven more lines: detail, hint, the place in the statement with a caret.
  let details: [String]

  /// A failure.
  init(_ status: ExitStatus, _ message: String, details: [String] = []) {
    self.status = status
    self.message = message
    self.details = details
  }

  /// A status without words: what is to be said was said already.
  static func silent(_ status: ExitStatus) -> CommandFailure { CommandFailure(status, "") }

  /// Most lines below the first.
  static let mostDetails = 7

  /// Writes the failure to stderr.
  func report() {
    guard !message.isEmpty else { return }
    let first = ConnectionText.withoutSecrets(Self.oneLine(message))
    // A line that held a connection string has lost the place that a caret would show.
    let isShown = details.allSatisfy { ConnectionText.withoutSecrets($0) == $0 }
    let lines = ["plandx: \(first)"] + (isShown ? details.prefix(Self.mostDetails) : [])
    StandardError.write(lines.joined(separator: "\n") + "\n")
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
