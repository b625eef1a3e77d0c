import PlanModel

/// The first lines: title, preview notice, and what limits this report.
struct HeaderView {
  var notices: [Notice] = []

  struct Notice {
    var label: String
    var text: String
    var fence: Fence?
  }

  init(_ report: DiagnosticReport) {
    if report.capture == .offline { notices.append(Self.offline(report)) }
    if case .timedOut(let limit) = report.capture {
      notices.append(Self.timedOut(limit))
    } else if !report.plan.isAnalyzed {
      notices.append(Self.notAnalyzed(isPasted: report.capture == .offline))
    }
  }

  private static func offline(_ report: DiagnosticReport) -> Notice {
    Notice(
      label: "No fresh plan was captured.",
      text:
        "This report was made from a pasted plan; no database was asked, and no remedy was tried. With the statement in `query.sql`, this captures a plan and tries what is safe to try:",
      fence: Fence("plandx analyze -f query.sql -o REPORT.md", info: "sh"))
  }

  private static func timedOut(_ limit: Double) -> Notice {
    Notice(
      label: "Estimates only.",
      text:
        "The statement was stopped after \(Figure.seconds(limit)) (`--timeout`). The plan below is the planner's estimate, taken by EXPLAIN without ANALYZE: no time and no row count of it was measured."
    )
  }

  private static func notAnalyzed(isPasted: Bool) -> Notice {
    let reason = isPasted ? "The pasted plan has no actual figures, as one" : "This plan was"
    return Notice(
      label: "Estimates only.",
      text:
        "\(reason) made without ANALYZE: no time and no row count of it was measured, and every share below is a share of the estimated cost."
    )
  }
}
