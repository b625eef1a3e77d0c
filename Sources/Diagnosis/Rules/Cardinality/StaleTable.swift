import Catalog
import Statements

/// Evidence that a table's statistics describe what it was, not what it is.
struct StaleTable {
  /// What shows it.
  enum Sign: Equatable {
    /// No column has statistics: the table was never analyzed.
    case neverAnalyzed
    /// `reltuples` and `count(*)` differ.
    case rowCount(recorded: Double, counted: Double)
    /// Rows changed since the last ANALYZE.
    case modified(rows: Double, of: Double)
    /// A condition holds for another share of the rows than the statistics have it, and enough rows changed
    /// since to account for that.
    case shifted(String, expected: Double, counted: Double, modified: Double)
  }

  /// plan-math.md, "Stale table statistics": `abs(reltuples − COUNT(*)) / COUNT(*)`.
  static let leastDeviation = 0.2
  /// Share of the rows changed since ANALYZE; autovacuum's own scale factor is half of it, so beyond this
  /// autovacuum is behind or off.
  static let leastModifiedShare = 0.2

  let relation: RelationEvidence
  let sign: Sign

  /// `nil` when nothing shows the statistics to be stale.
  init?(relation: RelationEvidence?) {
    guard let relation, let sign = Self.sign(of: relation) else { return nil }
    self.relation = relation
    self.sign = sign
  }

  /// A table that the planner takes to have so many rows where there are others.
  init?(relation: RelationEvidence, planned: Double?) {
    guard let planned, let counted = relation.rowCount else { return nil }
    self.relation = relation
    sign =
      Self.sign(of: relation).flatMap { if case .rowCount = $0 { $0 } else { nil } }
      ?? .rowCount(recorded: planned, counted: counted.value)
  }

  /// A table whose conditions hold for other shares than they did when it was analyzed.
  init(relation: RelationEvidence, sign: Sign) {
    self.relation = relation
    self.sign = sign
  }

  private static func sign(of relation: RelationEvidence) -> Sign? {
    let statistics = relation.statistics
    if isNeverAnalyzed(relation) { return .neverAnalyzed }
    if let counted = relation.rowCount, let recorded = statistics.relTuples, counted.value > 0,
      abs(recorded - counted.value) / counted.value > leastDeviation
    {
      return .rowCount(recorded: recorded, counted: counted.value)
    }
    if let modified = statistics.modifiedSinceAnalyze, let rows = relation.bestRowCount, rows > 0,
      modified / rows > leastModifiedShare
    {
      return .modified(rows: modified, of: rows)
    }
    return nil
  }

  /// No column that the plan tests, and that the role may see, has a row in `pg_stats`; an empty table has
  /// none by nature.
  private static func isNeverAnalyzed(_ relation: RelationEvidence) -> Bool {
    let columns = relation.columns.filter { $0.isTested && !$0.isHidden }
    guard !columns.isEmpty, relation.bestRowCount ?? 1 > 0 else { return false }
    return !relation.statistics.rowSecurityActive && columns.allSatisfy { $0.distribution == nil }
  }

  /// Rows were changed, but the recorded row count is still right.
  var isOnlyModified: Bool {
    switch sign {
    case .modified, .shifted: true
    case .neverAnalyzed, .rowCount: false
    }
  }

  /// One sentence with the figures.
  var sentence: String {
    let table = relation.name.quoted
    let analyzed = lastAnalyze
    switch sign {
    case .neverAnalyzed:
      return "\(table) was never analyzed: pg_stats has no row for any column that this plan reads."
    case .rowCount(let recorded, let counted):
      return """
        pg_class.reltuples says \(Words.count(recorded)) rows for \(table), count(*) says \
        \(Words.count(counted)) (\(analyzed)).
        """
    case .modified(let rows, let total):
      return """
        \(Words.count(rows)) of the \(Words.count(total)) rows of \(table) were changed since its \
        statistics were taken (pg_stat_all_tables.n_mod_since_analyze; \(analyzed)).
        """
    case .shifted(let condition, let expected, let counted, let modified):
      return """
        By the statistics of \(table), \(condition) holds for \(Words.percent(expected)) of the rows; \
        \(Words.percent(counted)) were counted. \(Words.counted(modified, "row")) changed since they were \
        taken (pg_stat_all_tables.n_mod_since_analyze; \(analyzed)).
        """
    }
  }

  /// Where the activity counters are not known, as on a standby, they do not say that there was none.
  private var lastAnalyze: String {
    if let time = relation.statistics.lastAnalyze { return "last analyzed \(time)" }
    return relation.statistics.modifiedSinceAnalyze == nil
      ? "when it was last analyzed is not known" : "no ANALYZE recorded"
  }

  /// The figures with their sources.
  var measurements: [Measurement] {
    switch sign {
    case .neverAnalyzed: []
    case .rowCount(let recorded, let counted):
      [
        Measurement("recorded rows", recorded, source: "pg_class.reltuples"),
        Measurement("counted rows", counted, source: "count(*)"),
      ]
    case .modified(let rows, _), .shifted(_, _, _, let rows):
      [Measurement("rows changed since ANALYZE", rows, source: "pg_stat_all_tables.n_mod_since_analyze")]
    }
  }
}

extension StaleTable: EstimateFault {
  static let rule = StaleStatistics.name

  var subject: String { relation.name.label }

  func title(_ error: String) -> String {
    let table = relation.name.quoted
    return sign == .neverAnalyzed
      ? "\(table) was never analyzed, and the planner missed by \(error)"
      : "Stale statistics of \(table) made the planner miss by \(error)"
  }

  var observations: [String] { [sentence] }

  func falsifier(_ node: String) -> String {
    "after ANALYZE the estimate of \(node) is still off by 5x or more"
  }

  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    [
      Remedy(
        .analyze(relation.name),
        rationale: "Fresh statistics let the planner see the rows that are there and choose again.",
        caveats: [
          "ANALYZE reads a sample of the table and takes a lock that blocks neither readers nor writers.",
          "If this table is loaded in bulk, run ANALYZE at the end of the load, or lower its autovacuum_analyze_scale_factor.",
        ], expectation: expectation)
    ]
  }

  func noRemedy(for engine: EngineProfile) -> String? { nil }
}
