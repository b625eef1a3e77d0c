import Catalog
import Statements

extension CatalogQueries {
  /// `pg_class`, the activity counters, the parent, storage parameters and row-level security.
  func relations(readingCounters: Bool = true) -> SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.relispartition,
      nullif(c.reltuples, -1) AS reltuples, c.relpages, c.relallvisible,
      CASE WHEN c.relkind IN ('r', 'm', 't')
        THEN pg_relation_size(c.oid) / current_setting('block_size')::int END AS current_pages,
      array_to_json(c.reloptions) AS options, \(triggers) AS triggers,
      s.n_mod_since_analyze, s.n_dead_tup,
      greatest(s.last_analyze, s.last_autoanalyze)::timestamptz(0)::text AS last_analyze,
      greatest(s.last_vacuum, s.last_autovacuum)::timestamptz(0)::text AS last_vacuum,
      pn.nspname AS parent_schema, pc.relname AS parent_name,
      CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid)
        WHEN pc.relkind = 'p' THEN pg_get_partkeydef(pc.oid) END AS partition_key,
      CASE WHEN c.relkind = 'p' OR pc.relkind = 'p' THEN (
        SELECT CASE WHEN bool_and(sc.relkind = 'r') THEN json_agg(json_build_object('schema', sn.nspname,
          'name', sc.relname, 'reltuples', nullif(sc.reltuples, -1)) ORDER BY sn.nspname, sc.relname) END
        FROM pg_inherits si JOIN pg_class sc ON sc.oid = si.inhrelid
          JOIN pg_namespace sn ON sn.oid = sc.relnamespace
        WHERE si.inhparent = CASE WHEN c.relkind = 'p' THEN c.oid ELSE pc.oid END) END AS partitions,
      row_security_active(c.oid) AS row_security, pg_is_in_recovery() AS in_recovery
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN \(Self.activity(isRead: readingCounters))
    LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhseqno = 1
    LEFT JOIN pg_class pc ON pc.oid = i.inhparent LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace
    ORDER BY n.nspname, c.relname
    """
  }

  /// Those that fire for an ordinary session; foreign keys have their own.
  private var triggers: SafeSQL {
    guard engine.hasForeignKeys else { return "NULL" }
    return """
      (SELECT json_agg(t.tgname ORDER BY t.tgname) FROM pg_trigger t
            WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A'))
      """
  }

  /// The same from `pg_class` alone.
  var plainRelations: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, c.relkind, c.relpersistence, nullif(c.reltuples, -1) AS reltuples,
      c.relpages, c.relallvisible
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    ORDER BY n.nspname, c.relname
    """
  }

  /// A standby counts only what happens on itself, which says nothing about the table's age.
  private static func activity(isRead: Bool) -> SafeSQL {
    guard isRead else {
      return """
        (SELECT NULL::bigint AS n_mod_since_analyze, NULL::bigint AS n_dead_tup,
          NULL::timestamptz AS last_analyze, NULL::timestamptz AS last_autoanalyze,
          NULL::timestamptz AS last_vacuum, NULL::timestamptz AS last_autovacuum) s ON false
        """
    }
    return "pg_stat_all_tables s ON s.relid = c.oid AND NOT pg_is_in_recovery()"
  }
}
