import Catalog
import Diagnosis

/// The rows of Query Information that set the captured run beside earlier ones, by `pg_stat_statements`.
struct HistoryRows {
  private let history: StatementHistory
  private let report: DiagnosticReport

  /// Nothing without a history.
  static func rows(_ report: DiagnosticReport) -> [(String, String)] {
    report.evidence.history.map { HistoryRows(history: $0, report: report).rows } ?? []
  }

  private var rows: [(String, String)] {
    [("Earlier executions", executions)] + (typical.map { [("This run", $0)] } ?? [])
      + (worth.map { [("Worth of a fix per day", $0)] } ?? [])
  }

  private var executions: String {
    let since = history.since.map { " since \($0)" } ?? ""
    let rows = Figure.trimmed(history.rows / max(history.calls, 1), digits: 1)
    return
      "\(Words.counted(history.calls, "call"))\(since): mean \(Figure.milliseconds(history.meanTime)), deviation "
      + "\(Figure.milliseconds(history.deviation)), fastest \(Figure.milliseconds(history.leastTime)), slowest "
      + "\(Figure.milliseconds(history.mostTime)), \(rows) rows each (`pg_stat_statements`)"
  }

  /// Calls below which a deviation says little.
  private static let fewestCalls = 10.0
  /// Of any distribution at most a ninth lies further than three deviations from its mean (Chebyshev).
  private static let deviations = 3.0

  private var typical: String? {
    guard let time = report.plan.executionTime else { return nil }
    guard history.calls >= Self.fewestCalls else {
      return "too few earlier calls to tell whether it is typical (fewer than 10)"
    }
    let distance = time - history.meanTime
    let limit = Self.deviations * history.deviation
    guard abs(distance) > limit, time < history.leastTime || time > history.mostTime || limit > 0 else {
      return "typical: within three deviations of the mean"
    }
    let side = distance > 0 ? "slower" : "faster"
    return
      "an outlier, \(side) than the mean by more than three deviations: what it shows may not be what the "
      + "application waits for; EXPLAIN ANALYZE itself slows a run, and a cache may be warm or cold"
  }

  /// Days from which calls per day are no guess.
  private static let fewestDays = 1.0 / 24

  /// Each finding's share of the mean, times the calls of a day.
  private var worth: String? {
    let findings = report.findings.findings.filter { $0.finding.impact.share > 0 && !$0.finding.isBugReport }
    guard let days = history.days, days >= Self.fewestDays, !findings.isEmpty else { return nil }
    let perDay = history.calls / days
    let list = findings.sorted { $0.finding.impact.share > $1.finding.impact.share }.map { ranked in
      let saved = min(ranked.finding.impact.share, 1) * history.meanTime * perDay
      return "Finding \(ranked.number) up to \(Figure.milliseconds(saved))"
    }
    return list.joined(separator: ", ")
      + " (share of the execution × mean × \(Figure.trimmed(perDay, digits: 1)) calls per day)"
  }
}
