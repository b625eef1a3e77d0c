import Postgres

/// Which settings of an application's session a run may take over.
///
/// A list of what is taken: what a setting does that nobody thought of here, such as writing to files or to
/// the server's log, is not done.
enum ApplicationSettings {
  /// For messages.
  static let summary =
    "--set takes settings of the planner, memory, parallel plans, formats and locale, and the application's own"

  /// The name is in lower case, as the server compares names.
  static func contain(_ name: String) -> Bool {
    if let dot = name.firstIndex(of: ".") { return isOfNoModule(name[..<dot]) }
    return name.hasPrefix("enable_") || named.contains(name)
  }

  /// Whether a text can be a setting's name: letters, digits, `_` and `$`, in parts that dots separate.
  static func canBeName(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_$]*(?:\.[A-Za-z_][A-Za-z0-9_$]*)*/) != nil
  }

  /// A name with a dot is anybody's; modules that log, write, or run code read theirs as orders.
  private static func isOfNoModule(_ prefix: Substring) -> Bool {
    prefix == "pg_hint_plan" || !(prefix.hasPrefix("pg_") || acting.contains(prefix))
  }

  private static let acting: Set<Substring> = [
    // They log or count, or write baselines.
    "auto_explain", "pgaudit", "apg_plan_mgmt",
    // They run code of the setting's choice, or change what functions mean.
    "plpgsql", "plperl", "pltcl", "pltclu", "pljava", "pllua", "plv8",
    // They reach other servers, or are about rights.
    "postgres_fdw", "sepgsql", "auth_delay", "passwordcheck", "basic_archive", "supautils", "rds", "set_user",
    // They change what other settings do.
    "citus", "timescaledb", "plan_filter",
  ]

  /// PostgreSQL 15 to 18, by the categories of its documentation.
  private static let named: Set<String> = [
    // Query tuning; plan_cache_mode has an option of its own.
    "seq_page_cost", "random_page_cost", "cpu_tuple_cost", "cpu_index_tuple_cost", "cpu_operator_cost",
    "parallel_setup_cost", "parallel_tuple_cost", "min_parallel_table_scan_size",
    "min_parallel_index_scan_size", "effective_cache_size", "jit", "jit_above_cost",
    "jit_inline_above_cost", "jit_optimize_above_cost", "jit_expressions", "jit_tuple_deforming", "geqo",
    "geqo_threshold", "geqo_effort", "geqo_pool_size", "geqo_generations", "geqo_selection_bias",
    "geqo_seed", "default_statistics_target", "constraint_exclusion", "cursor_tuple_fraction",
    "from_collapse_limit", "join_collapse_limit", "recursive_worktable_factor",
    // Memory, files and reading ahead.
    "work_mem", "hash_mem_multiplier", "temp_buffers", "temp_file_limit", "effective_io_concurrency",
    "maintenance_io_concurrency", "io_combine_limit", "track_io_timing",
    // Parallel plans.
    "max_parallel_workers", "max_parallel_workers_per_gather", "parallel_leader_participation",
    // What a query means or returns, and how long it waits.
    "row_security", "lock_timeout", "array_nulls", "transform_null_equals", "gin_fuzzy_search_limit",
    "xmlbinary", "xmloption", "bytea_output", "extra_float_digits", "datestyle", "intervalstyle",
    "timezone", "lc_monetary", "lc_numeric", "lc_time", "default_text_search_config",
  ]
}
