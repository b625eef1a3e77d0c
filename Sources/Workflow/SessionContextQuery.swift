import Catalog
import JSONTree
import PlanModel
import Postgres
import Statements

/// Asks as whom and under which settings the plan was made. A refusal here must not end the capture.
struct SessionContextQuery {
  private let request: CaptureRequest
  private let tables: [QualifiedName]

  init(_ request: CaptureRequest, _ plan: ExplainedPlan) {
    self.request = request
    tables = PlanTables(plan).names
  }

  /// What is known of a session that did not answer.
  static func unknown(_ reason: String) -> SessionContext {
    let missing = "role, search path, row-level security and changed settings"
    return SessionContext(gaps: [EvidenceGap(missing: missing, reason: reason)])
  }

  /// In the transaction that the plan is made in; `nil` where a refusal would end that.
  func context(in transaction: Transaction) async throws(CaptureError) -> SessionContext? {
    guard request.engine.hasSavepoints else { return nil }
    return try await gapsInsteadOfErrors { () throws(PostgresError) in
      try await transaction.apart(limit: CaptureRequest.limitOfQuestions, answer).get()
    }
  }

  /// In a transaction of its own.
  func context(on session: Session) async throws(CaptureError) -> SessionContext {
    try await gapsInsteadOfErrors { () throws(PostgresError) in
      try await session.transaction(request.transaction(timeout: CaptureRequest.limitOfQuestions), answer)
    }
  }

  private func answer(in transaction: Transaction) async throws(PostgresError) -> SessionContext {
    let answers = try await transaction.queryAll(statements)
    return read(session: answers[0], secured: request.engine.hasRowSecurity ? answers.last : nil)
  }

  /// - Throws: only when the connection is lost or the run cancelled; what the server refuses is a gap.
  private func gapsInsteadOfErrors(
    _ body: () async throws(PostgresError) -> SessionContext
  ) async throws(CaptureError) -> SessionContext {
    do throws(PostgresError) {
      return try await body()
    } catch {
      guard !error.isWorthRepeating, let refusal = Refusal(error) else { throw .postgres(error) }
      return Self.unknown(refusal.reason)
    }
  }

  private var statements: [Statement] { Self.statements(CatalogQueries(tables: tables), request) }

  /// What is asked, for the tables that the queries are about.
  static func statements(_ queries: CatalogQueries, _ request: CaptureRequest) -> [Statement] {
    let policies = [FunctionQueries.catalogSettings, queries.policies(changing: request.statement)]
    return ([settings] + (request.engine.hasRowSecurity ? policies : [])).map { Statement($0.text) }
  }

  /// Runs with the application's search path: what could be shadowed in it is qualified.
  private static let settings: SafeSQL = """
    SELECT CURRENT_USER AS current_role, SESSION_USER AS login_role, s.name,
      pg_catalog.current_setting(s.name) AS value, s.source,
      s.setting IS NOT DISTINCT FROM s.boot_val AS is_default
    FROM pg_catalog.pg_settings s
    WHERE s.category OPERATOR(pg_catalog.~~) 'Query Tuning%' OR s.name OPERATOR(pg_catalog.=)
      ANY (ARRAY['search_path', 'row_security', 'work_mem', 'hash_mem_multiplier', 'temp_buffers',
        'max_parallel_workers', 'max_parallel_workers_per_gather', 'effective_io_concurrency',
        'maintenance_io_concurrency', 'plan_cache_mode']::pg_catalog.text[])
    ORDER BY s.name
    """

  // MARK: Reading

  private func read(session: Rows, secured: Rows?) -> SessionContext {
    let settings = session.map { row in
      let name = row["name"] ?? ""
      let source = row["source"] == "session" ? option(setting: name) : row["source"] ?? ""
      return (SessionSetting(name: name, value: row["value"] ?? "", source: source), row.bool("is_default"))
    }
    let named = ["search_path", "row_security"]
    let changed = settings.filter { $0.1 != true && !named.contains($0.0.name) }.map(\.0)
    let listed = Set(session.compactMap { $0["name"]?.lowercased() } + ["role"])
    let others = request.settings.filter { !listed.contains($0.name.lowercased()) }
      .map { SessionSetting(name: $0.name, value: $0.shownValue, source: "--set") }
    let role = session.first.map {
      SessionRole(current: $0["current_role"] ?? "", login: $0["login_role"] ?? "")
    }
    return SessionContext(
      role: role, searchPath: settings.first { $0.0.name == named[0] }?.0,
      rowSecurity: secured == nil ? nil : settings.first { $0.0.name == named[1] }?.0,
      settings: changed + others, secured: secured?.map(table) ?? [])
  }

  /// What of this program's options set it, since the server only knows that the session did.
  private func option(setting name: String) -> String {
    let isGiven = request.settings.contains { $0.name.lowercased() == name.lowercased() }
    if isGiven { return name == "search_path" ? "--search-path" : "--set" }
    switch name {
    case "plan_cache_mode": return "--generic-plan"
    case "enable_indexonlyscan": return "plandx: the statement as given uses no index-only scans"
    case "max_parallel_workers_per_gather": return "plandx: the statement as given is never parallel"
    default: return "session"
    }
  }

  private func table(_ row: Row) -> SecuredTable {
    let writing = WritingPolicies(
      command: request.statement.origin.rawValue, policies: Self.names(row["writing"]),
      permitsAny: row.bool("permits_any") ?? false)
    return SecuredTable(
      name: CatalogRows.tableName(row), policies: Self.names(row["policies"]),
      writing: row.bool("is_target") == true ? writing : nil)
  }

  private static func names(_ array: String?) -> [String] {
    array.flatMap { try? JSONTree($0.utf8) }?.root.elements.compactMap(\.string) ?? []
  }
}

extension CatalogQueries {
  /// The tables on which row-level security binds this role, with the policies that let it read; of the table
  /// that the statement changes, whose partitions alone the plan may show, also those that let it write.
  fileprivate func policies(changing statement: AdmittedStatement) -> SafeSQL {
    let target: SafeSQL = statement.target.map { "to_regclass(\(SQLLiteral($0.quoted)))" } ?? "NULL"
    return """
      WITH read(oid) AS (
        \(oids)
        UNION SELECT \(target)::oid
      )
      SELECT n.nspname, c.relname, c.oid = \(target)::oid AS is_target,
        (SELECT json_agg(p.polname ORDER BY p.polname) \(Self.binding("'r'"))) AS policies,
        (SELECT json_agg(p.polname ORDER BY p.polname) \(Self.binding(statement.origin.polcmd))) AS writing,
        (SELECT bool_or(p.polpermissive) \(Self.binding(statement.origin.polcmd))) AS permits_any
      FROM read JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE row_security_active(c.oid) ORDER BY n.nspname, c.relname
      """
  }

  private static func binding(_ command: SafeSQL) -> SafeSQL {
    """
    FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd IN ('*', \(command))
          AND EXISTS (SELECT FROM unnest(p.polroles) AS r(oid) WHERE r.oid = 0 OR pg_has_role(r.oid, 'USAGE'))
    """
  }
}

extension StatementOrigin {
  fileprivate var polcmd: SafeSQL {
    switch self {
    case .select: "'r'"
    case .update: "'w'"
    case .delete: "'d'"
    }
  }
}
