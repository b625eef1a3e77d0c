import Foundation
import Postgres
import Workflow

/// A dry run as SQL with comments, to be read or put into a change request.
struct DryRunText {
  private let steps: [DryRun.Step]

  init(_ run: DryRun) { steps = run.steps }

  /// The whole text.
  var text: String { ([Self.lead] + steps.enumerated().map(Self.part)).joined(separator: "\n\n") + "\n" }

  private static let lead = """
    -- Dry run: nothing was sent and no connection was made.
    -- Every statement is sent by the extended protocol, one for each message; values of $1 and so on are
    -- bound. Words in <…> stand for what the catalog or the captured plan decides.
    """

  private static func part(_ number: Int, _ step: DryRun.Step) -> String {
    let head = comment("\(number + 1). \(step.purpose)") + "\n" + comment("Budget: \(step.budget).")
    return ([head] + step.transactions.map { $0.map(line).joined(separator: "\n") }).joined(separator: "\n\n")
  }

  private static func line(_ statement: Statement) -> String {
    statement.parameters.isEmpty
      ? "\(statement.sql);" : "\(statement.sql);  -- \(statement.parameterList)"
  }

  /// Comment lines of about a hundred characters.
  private static func comment(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count > 98 { lines.append("") }
      lines[lines.count - 1] += " " + word
    }
    return lines.map { "--" + $0 }.joined(separator: "\n")
  }
}
