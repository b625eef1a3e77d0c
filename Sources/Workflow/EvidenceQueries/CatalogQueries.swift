import Catalog
import Statements

/// The catalog statements that collect evidence about a list of tables.
///
/// The same text is sent on a live run and printed for a reader who must collect the evidence elsewhere;
/// `to_regclass` resolves names without schema by the search path. Each statement answers for all tables
/// at once, so that round trips do not grow with them.
struct CatalogQueries {
  /// What finds the tables' OIDs, with commas between.
  private let lookups: SafeSQL
  /// Columns whose values are wanted, with commas between; the others' statistics come without values.
  private let testedColumns: SafeSQL
  /// Functions by their names without schema, with commas between.
  private let functionNames: SafeSQL
  /// What the engine can do.
  let engine: EngineProfile
  /// `server_version_num`: which columns the statistics views have.
  let version: Int

  /// The statements for these tables.
  init(
    tables: [QualifiedName], testedColumns: Set<String> = [], functions: Set<String> = [],
    engine: EngineProfile = .postgres, version: Int = Self.oldestWithAll
  ) {
    let names = tables.map { table -> SafeSQL in "to_regclass(\(SQLLiteral(table.quoted)))" }
    lookups = names.joined(separator: ", ")
    self.testedColumns = Self.list(testedColumns)
    functionNames = Self.list(functions)
    self.engine = engine
    self.version = version
  }

  /// The statements with words in the place of what is not known yet.
  init(tablesCalled words: SafeSQL, columns: SafeSQL, functions: SafeSQL, engine: EngineProfile) {
    lookups = words
    testedColumns = columns
    functionNames = functions
    self.engine = engine
    version = Self.oldestWithAll
  }

  /// PostgreSQL 15: statistics over several columns say whether they are a partitioned table's.
  static let oldestWithAll = 150_000

  private static func list(_ names: Set<String>) -> SafeSQL {
    names.sorted().map { name -> SafeSQL in "\(SQLLiteral(name))" }.joined(separator: ", ")
  }

  /// The tables as rows of OIDs; names that do not exist drop out.
  var oids: SafeSQL {
    """
    SELECT DISTINCT w.oid FROM unnest(ARRAY[\(lookups)]::oid[]) AS w(oid)
      WHERE w.oid IS NOT NULL
    """
  }

  /// The tables, and the partitioned tables that they are part of: the planner estimates joins by theirs.
  var wanted: SafeSQL {
    guard engine.hasPartitions else {
      return """
        WITH wanted AS (
          \(oids)
        )
        """
    }
    return """
      WITH RECURSIVE wanted(oid) AS (
        (\(oids))
        UNION
        SELECT i.inhparent FROM wanted w JOIN pg_inherits i ON i.inhrelid = w.oid
        JOIN pg_class p ON p.oid = i.inhparent AND p.relkind = 'p'
      )
      """
  }

  /// Whether values of the column `a` are wanted.
  var isTested: SafeSQL { "a.attname = ANY (ARRAY[\(testedColumns)]::text[])" }

  /// Functions of these names that somebody made, as the planner sees them.
  var functions: SafeSQL {
    """
    SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid) AS arguments, p.prorows, p.procost,
      p.provolatile, p.prosupport::oid <> 0 AS has_support, l.lanname, p.proparallel = 's' AS is_parallel_safe
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE p.proname = ANY (ARRAY[\(functionNames)]::text[]) AND p.oid >= \(FunctionQueries.firstUserOID)
      AND p.prokind IN ('f', 'w')
    ORDER BY n.nspname, p.proname, arguments
    """
  }

  /// Settings that bear on plans: all that the planner reads, and memory, parallelism, JIT and search path.
  static let settings: SafeSQL = """
    SELECT name, setting, unit, setting IS NOT DISTINCT FROM boot_val AS is_default
    FROM pg_catalog.pg_settings
    WHERE category LIKE 'Query Tuning%' OR name IN ('work_mem', 'hash_mem_multiplier',
      'maintenance_work_mem', 'shared_buffers', 'max_parallel_workers', 'max_parallel_workers_per_gather',
      'search_path', 'row_security', 'track_io_timing', 'compute_query_id')
    ORDER BY name
    """
}
