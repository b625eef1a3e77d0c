import Catalog
import PlanModel
import SQLNames

/// `## Query Information`: which query, which server, how long.
struct QueryInformationView {
  var rows: [Row]

  struct Row {
    var field: String
    var value: String
  }

  init(_ report: DiagnosticReport) {
    let facts = Self.figures(report) + HistoryRows.rows(report) + Self.origin(report) + Self.session(report)
    rows = facts.map { Row(field: Markdown.cell($0.0), value: Markdown.cell($0.1)) }
  }

  /// What EXPLAIN printed below the tree; the first four rows are always there.
  private static func figures(_ report: DiagnosticReport) -> [(String, String)] {
    let plan = report.plan
    let unreported = report.capture == .offline ? "not in the pasted plan" : "not reported (SUMMARY OFF)"
    let unmeasured = plan.isAnalyzed ? unreported : "not measured (no ANALYZE)"
    return [
      ("Query Identifier", plan.queryIdentifier ?? missingIdentifier(report.engine.engine)),
      ("Planning Time", plan.planningTime.map(Figure.exactMilliseconds) ?? "not reported"),
      ("Execution Time", plan.executionTime.map(Figure.exactMilliseconds) ?? unmeasured),
      ("DPU Estimate", dpu(plan.dpu)),
    ]
  }

  private static func missingIdentifier(_ engine: EngineProfile.Engine) -> String {
    engine == .postgres
      ? "not reported by this server; `compute_query_id = on` gives one with EXPLAIN VERBOSE"
      : "not reported; EXPLAIN ANALYZE VERBOSE prints one, and `compute_query_id` is set by the service"
  }

  /// `Compute: C, Read: R, Write: W, Total: T`.
  static func dpu(_ dpu: DPUEstimate?) -> String {
    guard let dpu else { return "not reported by this server" }
    let parts = [
      ("Compute", dpu.compute), ("Read", dpu.read), ("Write", dpu.write),
      ("Multi-region write", dpu.multiRegionWrite), ("Total", dpu.total),
    ]
    return parts.compactMap { name, value in
      if let value { return "\(name): \(Figure.dpu(value))" }
      return name == "Multi-region write" ? nil : "\(name): not reported"
    }.joined(separator: ", ")
  }

  private static let pooler =
    "yes: each transaction may get another session, so the limits on idle sessions are left out"
  private static let closing =
    "only by closing the connection: libpq before 17 sends its cancel request unencrypted"

  private static func origin(_ report: DiagnosticReport) -> [(String, String)] {
    var rows = [("Engine", report.engine.name)]
    if let server = report.server {
      rows.append(("Server", server.version + (server.isInRecovery ? ", hot standby" : "")))
      if server.isPooled { rows.append(("Connection pooler", pooler)) }
      if server.cancelsByClosing { rows.append(("Cancelling", closing)) }
      let (database, role) = (SQLIdentifier(server.database), SQLIdentifier(server.role))
      rows.append(("Database", "\(database), as role \(role)"))
    }
    rows.append(("Capture", capture(report)))
    rows.append(("Captured at", report.capturedAt ?? "not known"))
    rows.append(("plandx version", report.plandxVersion))
    return rows
  }

  private static func capture(_ report: DiagnosticReport) -> String {
    switch report.capture {
    case .live: "live"
    case .timedOut(let limit): "live, stopped after \(Figure.seconds(limit)): estimates only"
    case .offline: report.plan.isAnalyzed ? "pasted plan" : "pasted plan without ANALYZE"
    }
  }

  private static func session(_ report: DiagnosticReport) -> [(String, String)] {
    guard report.context.role != nil else { return unasked(report) }
    return SessionRows.rows(report)
  }

  /// What is known of the session without its context.
  private static func unasked(_ report: DiagnosticReport) -> [(String, String)] {
    var rows = report.context.gaps.map { ("Session", "not known: \($0.missing): \($0.reason)") }
    if report.server?.rowSecurity == true {
      rows.append(
        ("Row-level security", "in force for this role: another role may see other rows and another plan"))
    }
    let changed = report.changedSettings.map { "\($0.key.name) = \($0.value)" }
    if !changed.isEmpty {
      rows.append(("Settings that differ from default", changed.map(Markdown.code).joined(separator: ", ")))
    }
    return rows
  }
}
