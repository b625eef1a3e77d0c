import Catalog
import JSONTree
import Postgres
import Statements

/// What `pg_stat_statements` remembers of a statement: columns and schema differ between its versions and databases.
struct HistoryQuery {
  private let view: QualifiedName
  private let columns: Set<String>

  /// `nil` where the database does not have the extension.
  init?(_ database: Row) {
    guard let schema = database["history_schema"], let columns = database["history_columns"],
      let tree = try? JSONTree(columns.utf8)
    else { return nil }
    view = QualifiedName(schema: schema, name: Self.name)
    self.columns = Set(tree.root.elements.compactMap(\.string))
  }

  private static let name = "pg_stat_statements"

  /// What is asked of the catalog first, as columns of a query about the database.
  static let facts: SafeSQL = """
    (SELECT h.nspname FROM pg_extension e JOIN pg_namespace h ON h.oid = e.extnamespace
        WHERE e.extname = 'pg_stat_statements') AS history_schema,
      (SELECT json_agg(a.attname) FROM pg_extension e JOIN pg_class v ON v.relnamespace = e.extnamespace
        JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE e.extname = 'pg_stat_statements' AND v.relname = 'pg_stat_statements') AS history_columns
    """

  /// All users' executions together: the deviation of the whole follows from those of the parts.
  ///
  /// What EXPLAIN runs is not at the top level, so that captures do not count themselves.
  func statement(_ identifier: Int) -> SafeSQL {
    let time: SafeSQL = columns.contains("total_exec_time") ? "exec_time" : "time"
    let isTop: SafeSQL = columns.contains("toplevel") ? "AND s.toplevel" : ""
    return Self.statement(
      view: "\(view)", time: time, since: since, condition: "s.queryid = \(identifier) \(isTop)")
  }

  static func statement(view: SafeSQL, time: SafeSQL, since: SafeSQL, condition: SafeSQL) -> SafeSQL {
    """
    SELECT h.calls, h.mean, sqrt(greatest(h.squares - h.mean * h.mean, 0)) AS deviation, h.least, h.most, h.rows,
      h.since::timestamptz(0)::text AS since, extract(epoch FROM now() - h.since) / 86400 AS days,
      pg_has_role('pg_read_all_stats', 'USAGE') AS sees_all
    FROM (
      SELECT sum(s.calls) AS calls, sum(s.total_\(time)) / sum(s.calls) AS mean,
        sum(s.calls * (s.stddev_\(time) * s.stddev_\(time) + s.mean_\(time) * s.mean_\(time))) / sum(s.calls) AS squares,
        min(s.min_\(time)) AS least, max(s.max_\(time)) AS most, sum(s.rows) AS rows, \(since) AS since
      FROM \(view) s
      WHERE s.calls > 0 AND s.dbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
        AND \(condition)
    ) AS h
    """
  }

  /// From version 1.11 each statement has its own time; from 1.9 all have one; before that nobody knows.
  private var since: SafeSQL {
    if columns.contains("stats_since") { return "min(s.stats_since)" }
    guard columns.contains("toplevel") else { return "NULL::timestamptz" }
    let info = QualifiedName(schema: view.schema, name: "pg_stat_statements_info")
    return "(SELECT i.stats_reset FROM \(info) i)"
  }

  /// - Returns: the history, and what it lacks.
  static func read(_ rows: Rows, _ identifier: String) -> (history: StatementHistory?, gap: EvidenceGap?) {
    guard let row = rows.first else { return (nil, nil) }
    let hidden = EvidenceGap(
      missing: "executions of the statement by other roles",
      reason: "pg_stat_statements shows them to members of pg_read_all_stats")
    let gap = row.bool("sees_all") == true ? nil : hidden
    guard let calls = row["calls", as: Double.self] else {
      let never = EvidenceGap(
        missing: "earlier executions of the statement",
        reason: """
          pg_stat_statements has none under the Query Identifier \(identifier); the application's statement has \
          another one where it differs in more than constants, as by parameters in their place
          """)
      return (nil, gap ?? never)
    }
    func number(_ name: String) -> Double { row[name, as: Double.self] ?? 0 }
    let history = StatementHistory(
      queryIdentifier: identifier, calls: calls, meanTime: number("mean"), deviation: number("deviation"),
      leastTime: number("least"), mostTime: number("most"), rows: number("rows"), since: row["since"],
      days: row["days", as: Double.self])
    return (history, gap)
  }
}
