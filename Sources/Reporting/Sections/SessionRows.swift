import Catalog
import PlanModel

/// The rows of Query Information that say whose session the plan is from: what to compare with the
/// application's.
enum SessionRows {
  static func rows(_ report: DiagnosticReport) -> [(String, String)] {
    let context = report.context
    return [
      context.role.map { ("Session role", role($0)) },
      context.searchPath.map { ("Search path", setting($0)) },
      context.rowSecurity.map { ("Row-level security", rowSecurity($0, context.secured)) },
      ("Settings that differ from default", changed(report)),
    ].compactMap { $0 }
  }

  private static func role(_ role: SessionRole) -> String {
    guard role.current != role.login else { return Markdown.code(role.current) }
    return
      "\(Markdown.code(role.current)) by SET ROLE, logged in as \(Markdown.code(role.login)); SET ROLE does not apply settings from ALTER ROLE … SET: give them with --set"
  }

  private static func rowSecurity(_ setting: SessionSetting, _ secured: [SecuredTable]) -> String {
    let tables = secured.map { table in
      let policies = table.policies.map(Markdown.code).joined(separator: ", ")
      let reading = policies.isEmpty ? "no policy lets it read" : policies
      return "\(Markdown.code(table.name.label)) (\(reading)\(table.writing.map(writing) ?? ""))"
    }
    guard !tables.isEmpty else { return "\(Self.setting(setting)); in force on no table of the plan" }
    return "in force for this role on \(tables.joined(separator: ", ")): another role may see other rows "
      + "and another plan; \(Self.setting(setting))"
  }

  private static func writing(_ writing: WritingPolicies) -> String {
    let policies = writing.policies.map(Markdown.code).joined(separator: ", ")
    return writing.permitsAny
      ? "; for \(writing.command) \(policies)" : "; no policy lets it \(writing.command)"
  }

  /// As the session has them, then what else EXPLAIN printed.
  private static func changed(_ report: DiagnosticReport) -> String {
    let settings = report.context.settings.map(setting)
    let known = Set(report.context.settings.map(\.name) + ["search_path"])
    let printed = report.plan.settings.filter { !known.contains($0.key.name) }
    let all = settings + printed.map { Markdown.code("\($0.key.name) = \($0.value)") }
    return all.isEmpty ? "none that bears on plans" : all.joined(separator: ", ")
  }

  private static func setting(_ setting: SessionSetting) -> String {
    let source = sources[setting.source] ?? setting.source
    return "\(Markdown.code("\(setting.name) = \(setting.value)")) (\(source))"
  }

  /// What `pg_settings.source` means to a reader; the others are plain words.
  private static let sources = [
    "database": "ALTER DATABASE", "user": "ALTER ROLE", "database user": "ALTER ROLE … IN DATABASE",
    "client": "options of the connection", "command line": "the server's command line",
  ]
}
