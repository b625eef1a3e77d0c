import Diagnosis
import PlanModel

/// `## GUC Experiment Results`: the runs side by side, or why there were none and what to run by hand.
struct ExperimentsView {
  var lead: String?
  var manual: Fence?
  var columns = ""
  var rule = ""
  var rows: [String] = []
  var hasVariants = false
  var failures: [Failure] = []
  var remarks: [String] = []
  var redundantPredicates =
    "Not done: redundant predicate tests are not part of this version, so no predicate pair of joined tables was examined."

  struct Failure {
    var lead: String
    var fence: Fence
  }

  init(_ report: DiagnosticReport) {
    switch report.experiments {
    case .done(let table): fill(from: table)
    case .skipped(let reason):
      lead = SkipText.sentence(reason)
      if reason != .noJoin, !report.statement.parameters.isEmpty { lead? += Self.valuesWrittenIn }
      manual = reason == .noJoin ? nil : .sql(ManualSQL.lines(report.statement).joined(separator: "\n"))
    }
  }

  private static let valuesWrittenIn =
    " The values of the parameters are written into it, so that it shows the custom plan."

  private mutating func fill(from table: ExperimentTable) {
    let grid = ExperimentGrid(table)
    hasVariants = true
    columns = Markdown.row(["Metric"] + table.variants.map { Markdown.cell($0.name) })
    rule = Markdown.rule(columns: table.variants.count + 1)
    rows = grid.rows
    failures = table.variants.compactMap { variant in
      guard case .failed(let message) = variant.outcome else { return nil }
      return Failure(
        lead: "\(Markdown.prose(variant.name)) failed; the server said:", fence: .text(message))
    }
    remarks = ExperimentRemarks(table).lines
  }
}

/// Why no variant ran, word for word as people search for it.
enum SkipText {
  static func sentence(_ reason: ExperimentSection.SkipReason) -> String {
    switch reason {
    case .overLimit(let seconds, let limit):
      "GUC experimentation skipped — original query execution time (\(executionTime(seconds))) exceeds \(Figure.trimmed(limit, digits: 3))-second threshold. \(byHand)"
    case .captureTimedOut(let limit, let experimentLimit) where limit < experimentLimit:
      "GUC experimentation skipped — the capture timed out after \(Figure.seconds(limit)), so nothing is run again. \(byHand)"
    case .captureTimedOut(let limit, let experimentLimit):
      "GUC experimentation skipped — original query execution time (over \(Figure.seconds(limit)), capture timed out) exceeds \(Figure.trimmed(experimentLimit, digits: 3))-second threshold. \(byHand)"
    case .turnedOff:
      "GUC experimentation skipped — `--no-experiments` was given. The SQL below was not run. \(byHand)"
    case .offline:
      "GUC experimentation skipped — offline report: no database was asked. The SQL below was not run. \(byHand)"
    case .noJoin: "No join to vary: the plan joins nothing, so there is no join method to try."
    }
  }

  /// `45.2s`; under a second, which only a lowered limit lets come up, to the millisecond.
  static func executionTime(_ seconds: Double) -> String {
    Figure.fixed(seconds, digits: seconds < 1 ? 3 : 1) + "s"
  }

  private static let byHand =
    "In psql, in a session of its own (the settings last until it ends), it shows the plan and the time without hash joins and nested loops:"
}

/// The experiment as a DBA would run it by hand.
enum ManualSQL {
  /// Four statements; the last never holds an UPDATE or DELETE, which EXPLAIN ANALYZE would execute.
  static func lines(_ statement: ReportedStatement) -> [String] {
    [
      "SET enable_hashjoin = off;", "SET enable_nestloop = off;", "SET enable_mergejoin = on;",
      "EXPLAIN ANALYZE VERBOSE " + terminated(statement.selectWithValues ?? placeholder),
    ]
  }

  /// Stands for a statement that is not known.
  static let placeholder = "<the admitted SELECT>"

  /// With one semicolon, on a line of its own where the text ends in a comment.
  private static func terminated(_ sql: String) -> String {
    let text = String(sql.reversed().drop { $0.isWhitespace || $0 == ";" }.reversed())
    let lastLine = text.split(whereSeparator: \.isNewline).last ?? ""
    return text + (lastLine.contains("--") ? "\n;" : ";")
  }
}
