/// The built-in text of a report section's Mustache template; `nil` for a name that no template bears.
public func text(named name: String) -> String? {
  embedded[name].map { String(decoding: $0, as: UTF8.self) }
}

/// The names of all built-in templates.
public var names: [String] { embedded.keys.sorted() }

private let embedded: [String: [UInt8]] = [
  "header": PackageResources.header_mustache,
  "query-information": PackageResources.query_information_mustache,
  "sql-statement": PackageResources.sql_statement_mustache,
  "plan-overview": PackageResources.plan_overview_mustache,
  "pasted-plan": PackageResources.pasted_plan_mustache,
  "finding": PackageResources.finding_mustache,
  "findings": PackageResources.findings_mustache,
  "guc-experiments": PackageResources.guc_experiments_mustache,
  "evidence": PackageResources.evidence_mustache,
  "support-request": PackageResources.support_request_mustache,
  "summary": PackageResources.summary_mustache,
  "next-steps": PackageResources.next_steps_mustache,
  "addendum": PackageResources.addendum_mustache,
]
