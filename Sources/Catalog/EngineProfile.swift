/// What one database engine can and cannot do: the only place where engines differ.
///
/// Rules and trials ask the profile; none of them asks which engine it is.
public struct EngineProfile: Sendable, Equatable {
  /// Which engine.
  public var engine: Engine
  /// For prose: `PostgreSQL`, `Aurora DSQL`.
  public var name: String
  /// How an index is built without stopping writers.
  public var indexBuild: IndexBuild
  /// Names of settings that `SET LOCAL` may change; `nil` where all user settings can be changed.
  public var settableSettings: Set<String>?
  /// Whether `statement_timeout` and its kind can be set; otherwise the client keeps the time.
  public var keepsTimeoutsInServer: Bool
  /// Whether a transaction's isolation level can be chosen.
  public var isolationIsSettable: Bool
  /// Options inside the parentheses of EXPLAIN for a capture; `nil` takes the form `EXPLAIN ANALYZE VERBOSE`.
  public var explainOptions: String?
  /// Whether a captured plan names each planner setting that differs from its built-in default.
  public var explainsSettings: Bool { explainOptions?.contains("SETTINGS") == true }
  /// Rows have a `ctid`, so a rewritten UPDATE can name it.
  public var hasCtid: Bool
  /// `TABLESAMPLE` works.
  public var hasTableSample: Bool
  /// `pg_proc` can be read, so functions can be resolved.
  public var hasFunctionCatalog: Bool
  /// Statements may set `work_mem`: an engine that refuses it never gets that advice.
  public var hasWorkMem: Bool { settableSettings == nil }
  /// `plan_cache_mode` can be set, so a statement with parameters can be given its generic plan.
  public var hasGenericPlans: Bool { settableSettings == nil }
  /// VACUUM, CREATE STATISTICS and what ALTER TABLE sets for ANALYZE; REINDEX and partial indexes too.
  public var hasTableMaintenance: Bool { engine == .postgres }
  /// Part of a transaction can be rolled back.
  public var hasSavepoints: Bool { engine == .postgres }
  /// Tables may have row-level-security policies.
  public var hasRowSecurity: Bool { engine == .postgres }
  /// Indexes by GIN and GiST: of words, trigrams, arrays and documents; Aurora DSQL has B-trees only.
  public var hasInvertedIndexes: Bool { engine == .postgres }
  /// Distinct values are counted in the pass over a table, since every scan is paid for; elsewhere apart,
  /// where they can be hashed.
  public var countsDistinctInPass: Bool { engine == .dsql }
  /// User tables may be read from several sessions at once.
  public var takesSeveralSessions: Bool { engine == .postgres }
  /// Tables may be partitioned, and inherit from others.
  public var hasPartitions: Bool { engine == .postgres }
  /// An index may have other operator classes than its types' own.
  public var hasOperatorClasses: Bool { engine == .postgres }
  /// Tables may refer to others by FOREIGN KEY.
  public var hasForeignKeys: Bool { engine == .postgres }
  /// Catalogs and views that are not there by the engine's own documentation; others are asked.
  public var missingCatalogs: Set<String> {
    guard engine == .dsql else { return [] }
    return [
      "pg_proc", "pg_stats_ext", "pg_statistic_ext", "pg_extension", "pg_stat_all_tables",
      "pg_stat_statements",
    ]
  }
  /// Every release in use takes an index on an expression; Aurora DSQL's older clusters refuse it.
  public var hasExpressionIndexes: Bool { engine == .postgres }
  /// Indexes per table; `nil` where there is no practical limit.
  public var maxIndexesPerTable: Int?
  /// Key columns per index.
  public var maxKeyColumns: Int
  /// `DESC` may stand in an index definition.
  public var hasDescendingKeys: Bool
  /// Types of which no B-tree key may be, as `format_type` prints them, beside those without operator class.
  public var unindexableTypes: Set<String>
  /// When these limits were read, printed beside advice that rests on one; `nil` for long-settled facts.
  public var factsDate: String?

  /// The engines that plandx knows.
  public enum Engine: String, Sendable, Codable { case postgres, dsql }

  /// How an index is built without stopping writers.
  public enum IndexBuild: Sendable, Equatable {
    /// `CREATE INDEX CONCURRENTLY`, outside a transaction block.
    case concurrently
    /// `CREATE INDEX ASYNC`: a job, ready when `pg_index.indisvalid`.
    case asynchronous
  }
}

extension EngineProfile {
  /// PostgreSQL, all supported releases.
  public static let postgres = EngineProfile(
    engine: .postgres, name: "PostgreSQL", indexBuild: .concurrently, settableSettings: nil,
    keepsTimeoutsInServer: true, isolationIsSettable: true,
    explainOptions: "ANALYZE, VERBOSE, BUFFERS, SETTINGS", hasCtid: true, hasTableSample: true,
    hasFunctionCatalog: true, maxIndexesPerTable: nil, maxKeyColumns: 32, hasDescendingKeys: true,
    unindexableTypes: [], factsDate: nil)

  /// Aurora DSQL, from AWS's user guide and real clusters.
  public static let dsql = EngineProfile(
    engine: .dsql, name: "Aurora DSQL", indexBuild: .asynchronous,
    settableSettings: [
      "enable_hashjoin", "enable_mergejoin", "enable_nestloop", "enable_seqscan", "enable_indexscan",
      "enable_indexonlyscan", "enable_sort", "enable_hashagg", "dsql.enable_batched_nestloop",
    ],
    keepsTimeoutsInServer: false, isolationIsSettable: false, explainOptions: nil, hasCtid: false,
    hasTableSample: false, hasFunctionCatalog: false, maxIndexesPerTable: 24, maxKeyColumns: 8,
    hasDescendingKeys: false, unindexableTypes: ["bytea", "interval", "json", "jsonb"],
    factsDate: "2026-10")

  /// The profile of an engine.
  public static func profile(of engine: Engine) -> EngineProfile {
    engine == .dsql ? .dsql : .postgres
  }
}
