extension AdmissionRows {
  /// What only reads.
  static let queries: [AdmissionRow] = [
    .init("SELECT 1", .admitted, .readsOnly),
    .init("SELECT", .admitted, .readsOnly),
    .init("SELECT ALL a FROM t", .admitted, .readsOnly),
    .init("SELECT DISTINCT ON (b) a, b FROM t ORDER BY b, a", .admitted, .readsOnly),
    .init("VALUES (1), (2)", .admitted, .readsOnly),
    .init("VALUES (1, 'x') ORDER BY 1 LIMIT 1", .admitted, .readsOnly),
    .init("TABLE t", .admitted, .readsOnly),
    .init("TABLE ONLY t", .admitted, .readsOnly),
    .init("TABLE pg_class", .admitted, .readsOnly),
    .init("WITH q AS (SELECT 1) SELECT * FROM q", .admitted, .readsOnly),
    .init("WITH q AS (SELECT 1) TABLE q", .admitted, .readsOnly),
    .init("WITH q AS (SELECT 1) VALUES ((SELECT * FROM q))", .admitted, .readsOnly),
    .init("WITH q AS MATERIALIZED (VALUES (1)) TABLE q", .admitted, .readsOnly),
    .init("WITH q AS NOT MATERIALIZED (TABLE t) SELECT a FROM q", .admitted, .readsOnly),
    .init(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r",
      .admitted, .readsOnly),
    .init(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r WHERE n < 5) SEARCH DEPTH FIRST BY n SET o "
        + "SELECT n FROM r ORDER BY o", .admitted, .readsOnly),
    .init(
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r WHERE n < 5) CYCLE n SET c USING p "
        + "SELECT n FROM r", .admitted, .readsOnly),
    .init("(SELECT 1)", .admitted, .readsOnly),
    .init("((((SELECT 1))))", .admitted, .readsOnly),
    .init("(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1 LIMIT 1", .admitted, .readsOnly),
    .init("SELECT a FROM t INTERSECT SELECT a FROM u EXCEPT ALL VALUES (3)", .admitted, .readsOnly),
    .init("SELECT * FROM t FOR READ ONLY", .admitted, .readsOnly),
    .init("SELECT a FROM t FETCH FIRST 3 ROWS WITH TIES", .rejected, .syntax),
    .init("SELECT a FROM t ORDER BY a FETCH FIRST 3 ROWS WITH TIES", .admitted, .readsOnly),
    .init("SELECT * FROM t TABLESAMPLE SYSTEM (50) REPEATABLE (1)", .admitted, .readsOnly),
    .init(
      "SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS x", .admitted, .readsOnly),
    .init("SELECT * FROM t, LATERAL (SELECT b FROM u WHERE u.a = t.a) AS x", .admitted, .readsOnly),
    .init("SELECT count(*) FILTER (WHERE a > 1) OVER (PARTITION BY b) FROM t", .admitted, .readsOnly),
    .init("SELECT b, count(*) FROM t GROUP BY GROUPING SETS ((b), ()) HAVING true", .admitted, .readsOnly),
    .init(
      "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY a ROWS UNBOUNDED PRECEDING)", .admitted, .readsOnly),
    .init("SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t", .admitted, .readsOnly),
    .init("SELECT (SELECT 1 LIMIT 1) IN (SELECT 2)", .admitted, .readsOnly),
    .init("SELECT CASE WHEN EXISTS (SELECT FROM u) THEN 1 ELSE 2 END", .admitted, .readsOnly),
    .init("SELECT ARRAY(SELECT a FROM t ORDER BY a)", .admitted, .readsOnly),
    .init("SELECT * FROM v", .admitted, .readsOnly),
    .init("SELECT * FROM t NATURAL JOIN u", .admitted, .readsOnly),
    .init("SELECT t.ctid, t.xmin, t.tableoid::regclass FROM t", .admitted, .readsOnly),
    .init("SELECT x.a FROM XMLTABLE('/r' PASSING '<r/>' COLUMNS a int) AS x", .admitted, .readsOnly),
    // Words that write where they do not.
    .init("SELECT 'INSERT INTO t VALUES (1)'", .admitted, .readsOnly),
    .init("SELECT \"update\", \"insert\" FROM \"delete\"", .admitted, .readsOnly),
    .init("SELECT update, share FROM words", .admitted, .readsOnly),
    .init("SELECT a AS insert, b AS delete FROM t", .admitted, .readsOnly),
    .init(
      "SELECT substring(update FOR 2), overlay(share PLACING 'x' FROM 1 FOR 1) FROM words", .admitted,
      .readsOnly),
    .init("SELECT substring(update FOR key) FROM words", .admitted, .readsOnly),
    .init("SELECT 1 AS for", .admitted, .readsOnly),
    .init("SELECT 1 AS into", .admitted, .readsOnly),
  ]

  /// FOR UPDATE and the like lock rows, and a read-only transaction refuses them.
  static let lockingClauses: [AdmissionRow] = [
    .init("SELECT * FROM t FOR UPDATE", .admitted, .locksAreDropped),
    .init("SELECT * FROM t FOR NO KEY UPDATE OF t NOWAIT", .admitted, .locksAreDropped),
    .init("SELECT * FROM t, u FOR SHARE OF t FOR KEY SHARE OF u SKIP LOCKED", .admitted, .locksAreDropped),
    .init("SELECT * FROM t FOR UPDATE LIMIT 5", .admitted, .locksAreDropped),
    .init("SELECT * FROM t LIMIT 5 FOR UPDATE", .admitted, .locksAreDropped),
    .init("(SELECT * FROM t) FOR UPDATE", .admitted, .locksAreDropped),
    .init("TABLE t FOR UPDATE", .admitted, .locksAreDropped),
    .init("VALUES (1) FOR UPDATE", .admitted, .locksAreDropped),
    .init("SELECT 1 AS for FOR UPDATE", .admitted, .locksAreDropped),
    .init("SELECT a AS as FROM t FOR UPDATE", .admitted, .locksAreDropped),
    .init("SELECT 1 AS as FOR UPDATE", .admitted, .locksAreDropped),
    .init("SELECT substring('ab' FOR 1) FOR SHARE", .admitted, .locksAreDropped),
    .init("SELECT substring((SELECT b FROM t LIMIT 1 FOR SHARE) FOR 1)", .admitted, .locksAreDropped),
    .init("SELECT * FROM t FOR/* so */UPDATE--\nOF t", .admitted, .locksAreDropped),
    .init("SELECT * FROM \"Odd \"\"; name\" FOR UPDATE OF \"Odd \"\"; name\"", .admitted, .locksAreDropped),
    .init(
      "SELECT * FROM U&\"d\\0061ta\" AS x FOR UPDATE OF x", .admitted, .locksAreDropped,
      live: .serverRefuses),
    .init(
      "SELECT * FROM t AS U&\"d!0061ta\" UESCAPE '!' FOR UPDATE OF U&\"d!0061ta\" UESCAPE '!' NOWAIT",
      .admitted,
      .locksAreDropped),
    .init("SELECT * FROM (SELECT * FROM t FOR UPDATE SKIP LOCKED LIMIT 1) AS x", .admitted, .locksAreDropped),
    .init(
      "WITH q AS (SELECT * FROM t FOR SHARE) SELECT substring(b for 1) FROM q", .admitted, .locksAreDropped),
    .init(
      "SELECT * FROM t WHERE a IN (SELECT a FROM u FOR UPDATE) AND EXISTS (SELECT FROM u FOR SHARE)",
      .admitted,
      .locksAreDropped),
  ]

  /// UPDATE and DELETE become the SELECT that finds their rows.
  static let modifications: [AdmissionRow] = [
    .init("UPDATE t SET a = 1", .rewritten, .updateIsRewritten),
    .init(
      "UPDATE ONLY public.t AS x SET b = 'y' WHERE x.a = 1 RETURNING x.*", .rewritten, .updateIsRewritten),
    .init("UPDATE t SET (a, b) = (SELECT a, b FROM u LIMIT 1)", .rewritten, .updateIsRewritten),
    .init("UPDATE t SET b = DEFAULT, a = u.a FROM u WHERE u.a = t.a", .rewritten, .updateIsRewritten),
    .init("UPDATE v SET a = 2", .rewritten, .updateIsRewritten),
    .init("WITH q AS (SELECT 1 AS a) UPDATE t SET a = q.a FROM q", .rewritten, .updateIsRewritten),
    .init(
      "UPDATE t SET a = 1 WHERE a IN (SELECT a FROM t ORDER BY a FOR UPDATE SKIP LOCKED LIMIT 1)", .rewritten,
      .updateIsRewritten),
    .init("update t set a=1;", .rewritten, .updateIsRewritten),
    .init("DELETE FROM t", .rewritten, .deleteIsRewritten),
    .init("DELETE FROM t WHERE a = 1 RETURNING *", .rewritten, .deleteIsRewritten),
    .init("DELETE FROM ONLY t AS x USING u WHERE u.a = x.a", .rewritten, .deleteIsRewritten),
    .init("DELETE FROM v", .rewritten, .deleteIsRewritten),
    .init("WITH q AS (SELECT 1) DELETE FROM t USING q", .rewritten, .deleteIsRewritten),
    .init("DELETE FROM parts WHERE a = 1", .rewritten, .deleteIsRewritten),
    .init("/* x */ DELETE /* y */ FROM t -- z", .rewritten, .deleteIsRewritten),
  ]

  /// What the syntax cannot see: functions that write, and that a read-only transaction does not all stop.
  static let writingFunctions: [AdmissionRow] = [
    read("SELECT nextval('s')", live: .functionRejected),
    read("SELECT setval('s', 100)", live: .functionRejected),
    read("SELECT setval('s', 100, false)", live: .functionRejected),
    read("SELECT pg_advisory_lock(1)", live: .functionRejected),
    read("SELECT pg_try_advisory_lock_shared(1, 2)", live: .functionRejected),
    read("SELECT pg_notify('news', 'x')", live: .functionRejected),
    read("SELECT lo_create(4711)", live: .functionRejected),
    read("SELECT lo_creat(-1)", live: .functionRejected),
    read("SELECT lo_put(4242, 0, 'x')", live: .functionRejected),
    read("SELECT lo_unlink(4242)", live: .functionRejected),
    read("SELECT lo_from_bytea(0, 'x')", live: .functionRejected),
    read("SELECT lowrite(lo_open(4242, 131072), 'x')", live: .functionRejected),
    read("SELECT lo_export(4242, '/copies/copied-lo')", live: .functionRejected),
    read("SELECT pg_stat_reset()", live: .functionRejected),
    read("SELECT pg_stat_reset_shared('wal')", live: .functionRejected),
    read("SELECT pg_stat_reset_slru(NULL)", live: .functionRejected),
    read("SELECT pg_stat_reset_single_table_counters('t'::regclass)", live: .functionRejected),
    read("SELECT set_config('work_mem', '64kB', false)", live: .functionRejected),
    read("SELECT txid_current()", live: .functionRejected),
    read("SELECT pg_current_xact_id()", live: .functionRejected),
    read("SELECT pg_create_physical_replication_slot('slot', true)", live: .functionRejected),
    read("SELECT pg_create_restore_point('x')", live: .functionRejected),
    read("SELECT pg_switch_wal()", live: .functionRejected),
    read("SELECT pg_logical_emit_message(false, 'x', 'y')", live: .functionRejected),
    read("SELECT pg_reload_conf()", live: .functionRejected),
    read("SELECT pg_rotate_logfile()", live: .functionRejected),
    read("SELECT pg_export_snapshot()", live: .functionRejected),
    read("SELECT pg_import_system_collations('pg_catalog')", live: .functionRejected),
    read("SELECT pg_terminate_backend(pid) FROM pg_stat_activity", live: .functionRejected),
    read("SELECT query_to_xml('DELETE FROM t', true, true, '')", live: .functionRejected),
    read("SELECT brin_summarize_new_values('i'::regclass)", live: .functionRejected),
    read("SELECT gin_clean_pending_list('i'::regclass)", live: .functionRejected),
    read("SELECT writes()", live: .functionRejected),
    read("SELECT a, claims_to_be_immutable(a) FROM t", live: .functionRejected),
    read("SELECT * FROM t WHERE a = claims_to_be_stable()", live: .functionRejected),
    read("SELECT * FROM writing_view", live: .functionRejected),
    read("SELECT 1 |+| 2", live: .functionRejected),
    read("SELECT * FROM t ORDER BY writes()", live: .functionRejected),
    read("SELECT (SELECT max(x) FROM (VALUES (writes())) AS w(x))", live: .functionRejected),
    read("SELECT * FROM t LIMIT writes()", live: .functionRejected),
    read("WITH q AS MATERIALIZED (SELECT writes()) SELECT 1 FROM q", live: .functionRejected),
    read(
      "SELECT dblink_exec('dbname=' || current_database(), 'DELETE FROM t')", live: .functionRejected),
    .init(
      "UPDATE t SET a = writes()", .rewritten, .updateIsRewritten, live: .functionRejected),
    .init(
      "DELETE FROM t WHERE a = nextval('s')", .rewritten, .deleteIsRewritten, live: .functionRejected),
    .init(
      "DELETE FROM t RETURNING writes()", .rewritten, .deleteIsRewritten, live: .functionRejected),
    read("SELECT 1 / (a - a) FROM t", live: .serverRefuses),
    read("SELECT * FROM nowhere", live: .serverRefuses),
  ]
}
