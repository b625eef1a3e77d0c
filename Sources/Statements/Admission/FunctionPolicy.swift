import Catalog

/// The second layer of safety, as far as it needs no catalog: which functions a statement may call.
///
/// An allow-list: the server's own IMMUTABLE and STABLE functions but for ``denied``, its VOLATILE ones
/// named in ``harmlessVolatile``, compiled IMMUTABLE and STABLE functions that belong to an installed
/// extension but for ``deniedSymbols``, and what the user vouches for with `--allow-function`.
///
/// The lists were made by going through every row of `pg_proc` of PostgreSQL 15, 16 and 18; a function
/// that a later release adds as VOLATILE is rejected until it is listed.
public struct FunctionPolicy: Sendable, Hashable {
  /// Names that the user vouches for; one without a schema stands for functions of every schema.
  public let allowed: Set<QualifiedName>

  /// A policy with the names that the user vouches for.
  public init(allowing allowed: Set<QualifiedName> = []) { self.allowed = allowed }

  /// VOLATILE functions of `pg_catalog` that read and leave nothing behind: no file but those that
  /// PostgreSQL keeps of itself, no lock beyond ACCESS SHARE, no signal, no transaction ID, no statistics.
  /// They are volatile because two calls can give two answers. `bernoulli` and `system` are TABLESAMPLE's.
  public static let harmlessVolatile: Set<String> = [
    // Clocks, chance, and waiting, which the time limit bounds.
    "array_sample", "array_shuffle", "bernoulli", "clock_timestamp", "current_query", "gen_random_uuid",
    "pg_sleep", "pg_sleep_for", "pg_sleep_until", "random", "random_normal", "system", "timeofday", "uuidv4",
    "uuidv7",
    // Behind the server's own views: locks, activity, memory, statistics.
    "pg_blocking_pids", "pg_get_aios", "pg_get_backend_memory_contexts", "pg_get_sequence_data",
    "pg_get_shmem_allocations", "pg_get_shmem_allocations_numa", "pg_get_wait_events", "pg_lock_status",
    "pg_prepared_xact", "pg_safe_snapshot_blocking_pids", "pg_sequence_last_value",
    "pg_show_replication_origin_status", "pg_stat_get_backend_io", "pg_stat_get_backend_wal",
    "pg_stat_get_io", "pg_stat_get_recovery_prefetch", "pg_stat_get_xact_blocks_fetched",
    "pg_stat_get_xact_blocks_hit", "pg_stat_get_xact_function_calls",
    "pg_stat_get_xact_function_self_time", "pg_stat_get_xact_function_total_time",
    "pg_stat_get_xact_numscans", "pg_stat_get_xact_tuples_deleted", "pg_stat_get_xact_tuples_fetched",
    "pg_stat_get_xact_tuples_hot_updated", "pg_stat_get_xact_tuples_inserted",
    "pg_stat_get_xact_tuples_newpage_updated", "pg_stat_get_xact_tuples_returned",
    "pg_stat_get_xact_tuples_updated", "pg_stat_have_stats",
    // Sizes and partitions.
    "pg_database_size", "pg_indexes_size", "pg_partition_ancestors", "pg_partition_tree",
    "pg_relation_size", "pg_table_size", "pg_tablespace_size", "pg_total_relation_size",
    // Where the log, recovery and old transactions stand.
    "pg_collation_actual_version", "pg_control_checkpoint", "pg_control_init", "pg_control_recovery",
    "pg_control_system", "pg_current_wal_flush_lsn", "pg_current_wal_insert_lsn", "pg_current_wal_lsn",
    "pg_database_collation_actual_version", "pg_get_multixact_members", "pg_get_wal_replay_pause_state",
    "pg_get_wal_resource_managers", "pg_is_in_recovery", "pg_is_wal_replay_paused",
    "pg_last_committed_xact", "pg_last_wal_receive_lsn", "pg_last_wal_replay_lsn",
    "pg_last_xact_replay_timestamp", "pg_xact_commit_timestamp", "pg_xact_commit_timestamp_origin",
    "pg_xact_status", "txid_status",
  ]

  /// IMMUTABLE and STABLE functions of `pg_catalog` that run any query given as text, or read whole
  /// schemas: the XML exports.
  static let queryRunners: Set<String> = [
    "cursor_to_xml", "cursor_to_xmlschema", "database_to_xml", "database_to_xml_and_xmlschema",
    "database_to_xmlschema", "query_to_xml", "query_to_xml_and_xmlschema", "query_to_xmlschema",
    "schema_to_xml", "schema_to_xml_and_xmlschema", "schema_to_xmlschema", "table_to_xml",
    "table_to_xml_and_xmlschema", "table_to_xmlschema",
  ]

  /// STABLE functions of `pg_catalog` that assign a transaction ID.
  static let transactionStarters: Set<String> = ["pg_current_xact_id", "txid_current"]

  /// IMMUTABLE and STABLE functions of `pg_catalog` that run code of which they are given the number or the
  /// name: a type, whose domain constraint runs; a function, whose library is loaded; a partitioned table,
  /// whose hash functions run, or a partition, for which the key's expressions are folded.
  static let codeRunners: Set<String> = [
    "anycompatiblemultirange_in", "anycompatiblerange_in", "anymultirange_in", "anyrange_in", "array_in",
    "domain_in", "fmgr_c_validator", "fmgr_internal_validator", "fmgr_sql_validator", "multirange_in",
    "pg_get_partition_constraintdef", "pg_input_error_info", "pg_input_is_valid", "range_in", "record_in",
    "satisfies_hash_partition",
  ]

  /// All IMMUTABLE and STABLE functions of `pg_catalog` that do more than read.
  public static let denied = queryRunners.union(transactionStarters).union(codeRunners)

  /// The same of extensions that come with PostgreSQL, `tablefunc` and `xml2`, by their symbols in the
  /// library, whatever they are called: they run a query given as text, or made of names given as text.
  public static let deniedSymbols: Set<String> = [
    "connectby_text", "connectby_text_serial", "crosstab", "crosstab_hash", "xpath_table",
  ]

  /// VOLATILE functions of such extensions that read and leave nothing behind, or draw by chance.
  public static let harmlessOfExtensions: [String: Set<String>] = [
    "pg_stat_statements": ["pg_stat_statements", "pg_stat_statements_info"],
    "pgcrypto": ["gen_random_bytes", "gen_random_uuid", "gen_salt"],
    "tsm_system_rows": ["system_rows"], "tsm_system_time": ["system_time"],
    "uuid-ossp": ["uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4"],
  ]

  /// Functions of such extensions that are written in SQL and call nothing but harmless ones, where the
  /// search path does not lead them astray: their bodies are judged as if the statement held them. Those of
  /// `citext` bear the names of everyday functions on text, so that a call of one might mean the other.
  public static let plainSQLOfExtensions: [String: Set<String>] = [
    "citext": [
      "regexp_match", "regexp_matches", "regexp_replace", "regexp_split_to_array", "regexp_split_to_table",
      "replace", "split_part", "strpos", "translate",
    ],
    "earthdistance": [
      "earth", "earth_box", "earth_distance", "gc_to_sec", "latitude", "ll_to_earth", "longitude",
      "sec_to_gc",
    ],
  ]

  /// Whether the user vouches for the functions of a name.
  public func allows(_ function: QualifiedName) -> Bool {
    allowed.contains(function) || allowed.contains(QualifiedName(schema: nil, name: function.name))
  }

  /// Why a function may not be called; `nil` where it may.
  public func objection(to candidate: FunctionCandidate) -> FunctionObjection? {
    guard !allows(candidate.qualifiedName) else { return nil }
    switch candidate.origin {
    case .server: return serverObjection(candidate)
    // What an aggregate runs are its own functions, each of which is judged; a range's constructor is
    // made with its type.
    case .aggregate, .rangeConstructor: return nil
    case .extension(let name) where candidate.isCompiled || isPlainSQL(candidate, of: name):
      if candidate.symbol.map(Self.deniedSymbols.contains) == true { return .runsQueries }
      if Self.harmlessOfExtensions[name]?.contains(candidate.name) == true { return nil }
      return candidate.volatility == .volatile ? .isVolatile : nil
    case .extension, .user: return candidate.volatility == .volatile ? .isVolatile : .isUserCode
    }
  }

  /// Whether a function is trusted only as far as its body is.
  public func isJudgedByBody(_ candidate: FunctionCandidate) -> Bool {
    guard case .extension(let name) = candidate.origin else { return false }
    return isPlainSQL(candidate, of: name) && !allows(candidate.qualifiedName)
  }

  private func isPlainSQL(_ candidate: FunctionCandidate, of name: String) -> Bool {
    candidate.language == "sql" && Self.plainSQLOfExtensions[name]?.contains(candidate.name) == true
  }

  private func serverObjection(_ candidate: FunctionCandidate) -> FunctionObjection? {
    if Self.queryRunners.contains(candidate.name) { return .runsQueries }
    if Self.transactionStarters.contains(candidate.name) { return .startsTransaction }
    if Self.codeRunners.contains(candidate.name) { return .runsNamedCode }
    let isHarmless = candidate.volatility != .volatile || Self.harmlessVolatile.contains(candidate.name)
    return isHarmless ? nil : .isVolatile
  }
}

/// A schema as statements name it.
public enum SchemaName {
  /// Whether a name as written means a schema of `pg_namespace`: `pg_temp` stands for the session's own
  /// among `pg_temp_1` and so on.
  public static func isSame(_ written: String, _ schema: String) -> Bool {
    written == schema || written == "pg_temp" && schema.hasPrefix("pg_temp_")
  }
}

/// One row of `pg_proc` that a call may mean.
public struct FunctionCandidate: Sendable, Hashable {
  /// `pg_proc.provolatile`
  public enum Volatility: String, Sendable, Hashable {
    case immutable = "i"
    case stable = "s"
    case volatile = "v"
  }

  /// Who made a function, as far as that decides whether it is trusted.
  public enum Origin: Sendable, Hashable {
    /// `initdb`: its OID lies below that of every object made later, wherever it stands.
    case server
    /// A member of an installed extension, by the extension's name.
    case `extension`(String)
    /// An aggregate that came later: its row in `pg_proc` says nothing about the functions that it runs.
    case aggregate
    /// What `CREATE TYPE … AS RANGE` makes besides the type.
    case rangeConstructor
    /// Anybody else.
    case user
  }

  /// Schema, without quotes.
  public let schema: String
  /// Name, without quotes.
  public let name: String
  /// What it promises.
  public let volatility: Volatility
  /// `pg_language.lanname`: `internal`, `c`, `sql`, `plpgsql`.
  public let language: String
  /// `pg_proc.prosrc` of a function in C: its name in the library.
  public let symbol: String?
  /// Who made it.
  public let origin: Origin
  /// `pg_proc.pronargs`, the ones with defaults included.
  public let argumentCount: Int
  /// `pg_proc.pronargdefaults`
  public let defaultCount: Int
  /// The last argument takes any number of values.
  public let isVariadic: Bool

  /// A function as the catalog describes it.
  public init(
    schema: String, name: String, volatility: Volatility, language: String, symbol: String? = nil,
    origin: Origin, argumentCount: Int, defaultCount: Int = 0, isVariadic: Bool = false
  ) {
    self.schema = schema
    self.name = name
    self.volatility = volatility
    self.language = language
    self.symbol = symbol
    self.origin = origin
    self.argumentCount = argumentCount
    self.defaultCount = defaultCount
    self.isVariadic = isVariadic
  }

  /// Its name with its schema.
  public var qualifiedName: QualifiedName { QualifiedName(schema: schema, name: name) }

  /// Machine code, which only a superuser can bring in: of a library, or the server's own.
  var isCompiled: Bool { language == "c" || language == "internal" }

  /// Whether a schema that a statement names is its own.
  public func isIn(_ written: String) -> Bool { SchemaName.isSame(written, schema) }

  /// Whether a call with that many arguments may mean it.
  public func fits(_ use: FunctionUse) -> Bool {
    guard use.name == name, use.schema.map(isIn) ?? true else { return false }
    let required = argumentCount - defaultCount
    // Behind VARIADIC stands one array; without the word any number of values, at least one.
    guard isVariadic, !use.isVariadic else {
      return use.argumentCount >= required && use.leastArgumentCount <= argumentCount
    }
    return use.argumentCount >= required
  }

  /// Whether a call may leave arguments to their defaults.
  public func needsDefaults(_ use: FunctionUse) -> Bool { use.leastArgumentCount < argumentCount }

  /// Whether a call gives just its parameters in their order. Only then does another function of the same
  /// parameters take its place: the server compares schemas after names, defaults and VARIADIC.
  public func isMatched(_ use: FunctionUse) -> Bool {
    !use.hasNames && !use.isVariadic && use.parameterCount == 0 && use.argumentCount == argumentCount
  }
}

/// Why a function may not be called.
public enum FunctionObjection: Sendable, Hashable {
  /// It is VOLATILE: it may write or do anything else.
  case isVolatile
  /// It promises to be harmless, but runs a query given as text.
  case runsQueries
  /// It promises to be harmless, but assigns a transaction ID.
  case startsTransaction
  /// It promises to be harmless, but runs code of which it is given the number or the name.
  case runsNamedCode
  /// It is written by users: what it declares about itself is not checked by the server.
  case isUserCode
  /// The server does not show its functions, and PostgreSQL has no harmless one of that name.
  case cannotBeLookedUp
  /// It fetches the rows of a foreign table: what happens where they come from is out of sight.
  case isForeign
  /// It is a definition that the grammar does not understand, so what it calls is not known.
  case cannotBeRead
  /// The server may take its name for another one.
  case isAmbiguous
  /// It is a definition with FOR UPDATE or FOR SHARE, which also runs policies of UPDATE.
  case locksRows

  /// Whether the user may vouch for it all the same.
  public var canBeVouchedFor: Bool { self != .locksRows && self != .isAmbiguous }
}
