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

  /// The statements for these tables.
  init(tables: [QualifiedName]) {
    let names = tables.map { table -> SafeSQL in "to_regclass(\(SQLLiteral(table.quoted)))" }
    lookups = names.joined(separator: ", ")
  }

  /// The statements with words in the place of tables that are not known yet.
  init(tablesCalled words: SafeSQL) { lookups = words }

  /// The tables as rows of OIDs; names that do not exist drop out.
  var oids: SafeSQL {
    """
    SELECT DISTINCT w.oid FROM unnest(ARRAY[\(lookups)]::oid[]) AS w(oid)
      WHERE w.oid IS NOT NULL
    """
  }

  private var wanted: SafeSQL {
    """
    WITH wanted AS (
      \(oids)
    )
    """
  }

  /// `pg_class`, the activity counters, the parent and row-level security.
  var relations: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.relispartition,
      nullif(c.reltuples, -1) AS reltuples, c.relpages, c.relallvisible,
      CASE WHEN c.relkind IN ('r', 'm', 't')
        THEN pg_relation_size(c.oid) / current_setting('block_size')::int END AS current_pages,
      s.n_mod_since_analyze, s.n_dead_tup,
      greatest(s.last_analyze, s.last_autoanalyze)::timestamptz(0) AS last_analyze,
      greatest(s.last_vacuum, s.last_autovacuum)::timestamptz(0) AS last_vacuum,
      pn.nspname AS parent_schema, pc.relname AS parent_name,
      CASE WHEN pc.relkind = 'p' THEN (
        SELECT CASE WHEN bool_and(sc.relkind = 'r') THEN json_agg(json_build_object('schema', sn.nspname,
          'name', sc.relname, 'reltuples', nullif(sc.reltuples, -1)) ORDER BY sn.nspname, sc.relname) END
        FROM pg_inherits si JOIN pg_class sc ON sc.oid = si.inhrelid
          JOIN pg_namespace sn ON sn.oid = sc.relnamespace
        WHERE si.inhparent = pc.oid) END AS partitions,
      row_security_active(c.oid) AS row_security
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhseqno = 1
    LEFT JOIN pg_class pc ON pc.oid = i.inhparent LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace
    ORDER BY n.nspname, c.relname
    """
  }

  /// `pg_attribute` and `pg_stats`. Of a partitioned table the statistics are those of all partitions.
  var columns: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
      t.typtype IN ('e', 'r', 'm') OR t.typcategory IN ('A', 'S') OR EXISTS (
        SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod AND m.amname LIKE 'btree%'
        WHERE o.opcdefault AND o.opcintype IN (t.oid, t.typbasetype)) AS btree_indexable,
      NOT has_column_privilege(c.oid, a.attnum, 'SELECT') OR row_security_active(c.oid) AS statistics_hidden,
      s.null_frac, s.n_distinct, s.avg_width, s.correlation,
      array_to_json(s.most_common_vals::text::text[]) AS most_common_vals,
      array_to_json(s.most_common_freqs) AS most_common_freqs,
      array_to_json(s.histogram_bounds::text::text[]) AS histogram_bounds
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname
      AND s.attname = a.attname AND s.inherited = (c.relkind = 'p')
    ORDER BY n.nspname, c.relname, a.attnum
    """
  }

  /// `pg_index`, with each key part, and the definition as `pg_indexes` has it.
  var indexes: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, i.relname AS index_name, m.amname,
      pg_get_indexdef(x.indexrelid) AS definition, x.indisunique, x.indisprimary, x.indisvalid,
      x.indnkeyatts, pg_get_expr(x.indpred, x.indrelid) AS predicate,
      CASE WHEN i.relkind = 'i' THEN pg_relation_size(i.oid) END AS size_bytes,
      (SELECT json_agg(json_build_object(
          'text', coalesce(a.attname::text, pg_get_indexdef(x.indexrelid, k.position::int, true)),
          'expression', a.attname IS NULL, 'option', x.indoption[k.position - 1]) ORDER BY k.position)
        FROM generate_series(1, x.indnatts) AS k(position)
        LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k.position - 1]
          AND a.attnum <> 0) AS parts
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_am m ON m.oid = i.relam
    ORDER BY n.nspname, c.relname, i.relname
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
