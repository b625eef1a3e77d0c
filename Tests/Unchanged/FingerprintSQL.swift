/// The queries that a fingerprint consists of.
///
/// Left out, and why:
/// - the counters of `pg_stat_*`, which count reading too; when they were last reset is in;
/// - the position in the write-ahead log, which hint bits, pruning and the server's own clock move;
/// - visibility and free space maps, hint bits and the files' sizes: no user sees them;
/// - temporary tables of other sessions, whose rows nobody else can read: their catalog rows are in;
/// - of a single database: catalogs that all databases share, but for what they say of this one, and the
///   transaction counter, because other tests make databases, roles and transactions at the same time.
enum FingerprintSQL {
  /// Of one database, beside others that change.
  static let database =
    settings + begin + relations(shared: ownRows, wholeRows: changedInPlace) + state + "COMMIT;\n"

  /// Of one database of a server on which nothing else happens, with all that the databases share.
  static let cluster =
    settings + begin + relations(shared: allRows, wholeRows: "true") + state + clusterState + "COMMIT;\n"

  /// As a new session finds them, but for the search path, in which something may hide the catalog's own names;
  /// where it is set for a role or a database, that catalog tells.
  private static let settings = """
    SET search_path = pg_catalog, public;
    SELECT concat_ws(' ', 'setting', name, '=', setting, 'from', source, sourcefile, sourceline) FROM pg_settings
    WHERE name <> 'application_name' ORDER BY name;

    """

  private static let begin = """
    SET lock_timeout = '10s';
    BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;

    """

  /// Shared catalogs, and which of their rows are about this database.
  private static let ownRows = """
    (VALUES ('pg_database', 'oid'), ('pg_db_role_setting', 'setdatabase'), ('pg_shdepend', 'dbid')) AS shared (name, key)
    """
  private static let allRows = """
    (SELECT relname::text, NULL::text FROM pg_class WHERE relisshared AND relkind = 'r') AS shared (name, key)
    """

  /// Every table of users. A catalog's row does not change without a new version of it (`ctid`, `xmin`), but
  /// for those of `pg_class` and `pg_database`, which VACUUM, ANALYZE and CREATE INDEX overwrite. All contents
  /// would take three times as long, before and after every run.
  private static let changedInPlace = """
    (n.nspname <> 'pg_catalog' OR c.relname IN ('pg_class', 'pg_database', 'pg_largeobject'))
    """

  /// Number of rows and a hash over every row with its place and its transactions, for each table,
  /// materialized view and sequence, the catalogs included.
  ///
  /// - Parameter wholeRows: where the row's content is looked at beside its version.
  private static func relations(shared: String, wholeRows: String) -> String {
    """
    SELECT CASE WHEN locked.relation IS NOT NULL
      THEN format('SELECT %L', 'relation ' || c.oid::regclass || ' is locked by another session')
      ELSE format(
        'SELECT concat_ws('' '', %L, count(*), ''rows, hash'', '
          || 'sum(hashtextextended(concat_ws('' '', ctid, xmin, xmax, %s), 0)::numeric)) FROM ONLY %s AS whole_row %s',
        'relation ' || c.oid::regclass || ':',
        -- A sequence has no row type.
        CASE WHEN c.relkind = 'S' THEN 'last_value, log_cnt, is_called' WHEN \(wholeRows) THEN 'whole_row::text'
          ELSE 'NULL' END, c.oid::regclass,
        CASE WHEN shared.key IS NOT NULL
          THEN format('WHERE %I = (SELECT oid FROM pg_database WHERE datname = current_database())', shared.key)
          ELSE '' END) END
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN \(shared) ON c.relisshared AND shared.name = c.relname
    LEFT JOIN (SELECT DISTINCT relation FROM pg_locks
      WHERE locktype = 'relation' AND mode = 'AccessExclusiveLock' AND granted AND pid <> pg_backend_pid()
        AND database IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    ) AS locked ON locked.relation = c.oid
    WHERE c.relkind IN ('r', 'm', 'S') AND c.relpersistence <> 't' AND c.relispopulated
      AND n.nspname NOT IN ('pg_toast', 'information_schema') AND (NOT c.relisshared OR shared.name IS NOT NULL)
    ORDER BY n.nspname, c.relname
    \\gexec

    """
  }

  private static let state = """
    SELECT concat_ws(' ', 'advisory lock', classid, objid, objsubid, mode, granted) FROM pg_locks
    WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY 1;
    SELECT concat_ws(' ', 'prepared transaction', transaction, gid, owner) FROM pg_prepared_xacts
    WHERE database = current_database() ORDER BY 1;
    SELECT 'notification queue ' || pg_notification_queue_usage();
    SELECT concat_ws(' ', 'statistics of the database reset at', stats_reset) FROM pg_stat_database
    WHERE datname = current_database();

    """

  private static let clusterState = """
    SELECT 'next transaction ' || pg_snapshot_xmax(pg_current_snapshot());
    SELECT concat_ws(' ', 'replication slot', s) FROM pg_replication_slots AS s ORDER BY 1;
    SELECT concat_ws(' ', 'statistics of', what, 'reset at', at) FROM (
      SELECT 'shared relations', stats_reset FROM pg_stat_database WHERE datid = 0
      UNION ALL SELECT 'bgwriter', stats_reset FROM pg_stat_bgwriter
      UNION ALL SELECT 'archiver', stats_reset FROM pg_stat_archiver
      UNION ALL SELECT 'wal', stats_reset FROM pg_stat_wal
      UNION ALL SELECT 'slru ' || name, stats_reset FROM pg_stat_slru
      UNION ALL SELECT 'slot ' || slot_name, stats_reset FROM pg_stat_replication_slots
      UNION ALL SELECT 'subscription ' || subname, stats_reset FROM pg_stat_subscription_stats
    ) AS resets (what, at) ORDER BY 1;
    SELECT concat_ws(' ', 'line of', sourcefile, sourceline, name, setting, applied) FROM pg_file_settings ORDER BY seqno;
    SELECT concat_ws(' ', 'rule of pg_hba.conf', r) FROM pg_hba_file_rules AS r ORDER BY line_number;
    SELECT 'configuration loaded at ' || pg_conf_load_time();
    SELECT 'last checkpoint at ' || checkpoint_time FROM pg_control_checkpoint();
    SELECT 'file ' || name FROM pg_ls_dir('.') AS name ORDER BY 1;
    SELECT 'exported snapshot ' || name FROM pg_ls_dir('pg_snapshots') AS name ORDER BY 1;

    """
}
