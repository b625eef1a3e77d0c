import Foundation
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// Every way to user code that does not write its name into the statement, and beside each the harmless
/// neighbour. Every function of the schema leaves `ran` in the server's log.
@Suite(.serialized) struct FunctionReachTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: schema()) }

  private static func schema() throws -> String {
    let file = try #require(Bundle.module.url(forResource: "reach", withExtension: "sql"))
    return try String(contentsOf: file, encoding: .utf8)
  }

  struct Case: Sendable {
    var sql: String
    /// The beginning of the rejection; `nil` where the statement is admitted.
    var reason: String?
    var role = "postgres"
    var settings: [TransactionSettings.Setting] = []
    var allowing: Set<String> = []

    init(
      _ sql: String, _ reason: String? = nil, role: String = "postgres", set: [(String, String)] = [],
      allowing: Set<String> = []
    ) {
      (self.sql, self.reason, self.role, self.allowing) = (sql, reason, role, allowing)
      settings = set.map { TransactionSettings.Setting($0, $1) }
    }
  }

  static let calls = [
    // Every volatility and language, and every way to write arguments.
    Case("SELECT v_sql(1)", "function public.v_sql is rejected: it is VOLATILE"),
    Case("SELECT s_sql(1)", "function public.s_sql is rejected: it is user-defined code"),
    Case("SELECT i_sql(1)", "function public.i_sql is rejected: it is user-defined code"),
    Case("SELECT v_new(1)", "function public.v_new is rejected: it is VOLATILE"),
    Case("SELECT i_new(1)", "function public.i_new is rejected: it is user-defined code"),
    Case("SELECT v_plpgsql(1)", "function public.v_plpgsql is rejected: it is VOLATILE"),
    Case("SELECT s_plpgsql(1)", "function public.s_plpgsql is rejected: it is user-defined code"),
    Case("SELECT i_plpgsql(1)", "function public.i_plpgsql is rejected: it is user-defined code"),
    Case("SELECT i_internal(1)", "function public.i_internal is rejected: it is user-defined code"),
    Case("SELECT i_definer(1)", "function public.i_definer"),
    Case("SELECT pg_try_advisory(1)", "function public.pg_try_advisory is rejected: it is VOLATILE"),
    Case("SELECT writes_temp()", "function public.writes_temp"),
    Case("SELECT many(1, c => 5)", "function public.many"), Case("SELECT many(1)", "function public.many"),
    Case("SELECT public.many(c => 5, a => 1)", "function public.many"),
    Case("SELECT vari(1, 2, 3)", "function public.vari"),
    Case("SELECT vari(VARIADIC '{1}')", "function public.vari"),
    Case("SELECT whatever.public.v_sql(1)", "function public.v_sql"),
    Case("SELECT v_sql /* x */ -- y\n (1)", "function public.v_sql"),
    Case("SELECT U&\"v\\005fsql\"(1)", "function public.v_sql"),
    Case("SELECT V_SQL(1)", "function public.v_sql"),
    Case("SELECT \"Mixed.Name\"(1)", "function public.\"Mixed.Name\" is rejected"),
    Case(
      "SELECT long_name_long_name_long_name_long_name_long_name_long_name_long_name(1)",
      "function public.long_name_long_name_long_name_long_name_long_name_long_name_lon"),
    Case("SELECT ÉTÉ(1)", "function public.\"été\""),
    // Overloads: the harmless one of them is told apart by the number of arguments alone.
    Case("SELECT abs(1)"), Case("SELECT abs(1, 2)", "function public.abs"),
    Case("SELECT md5('x'), md5(s) FROM t", "function public.md5"),
    Case("SELECT pg_catalog.md5('x')"),
    // What planning itself would run.
    Case("SELECT * FROM t WHERE false AND i_plpgsql(1) = 1", "function public.i_plpgsql"),
    Case("SELECT * FROM t LIMIT s_plpgsql(1)", "function public.s_plpgsql"),
    Case("SELECT * FROM t WHERE a = s_plpgsql(1)", "function public.s_plpgsql"),
    Case("VALUES (i_plpgsql(1)), (2)", "function public.i_plpgsql"),
    Case("SELECT CASE WHEN true THEN 1 ELSE i_plpgsql(1) END", "function public.i_plpgsql"),
    Case("SELECT * FROM t TABLESAMPLE system (i_plpgsql(1))", "function public.i_plpgsql"),
    // A value of any type before the dot.
    Case("SELECT (a).v_sql FROM t", "function public.v_sql"),
    Case("SELECT (t.a).v_sql FROM t", "function public.v_sql"),
    Case("SELECT ((t).a).v_sql FROM t", "function public.v_sql"),
    Case("SELECT (1).v_sql", "function public.v_sql"),
    Case("SELECT ((ARRAY[1])[1]).v_sql", "function public.v_sql"),
    Case("SELECT g.v_sql FROM generate_series(1, 3) g", "function public.v_sql"),
    Case("SELECT g.v_sql FROM unnest(ARRAY[1]) AS g", "function public.v_sql"),
    Case("SELECT id FROM t ORDER BY (a).v_sql", "function public.v_sql"),
    Case("UPDATE t SET a = (a).v_sql", "function public.v_sql"),
    Case("SELECT (a).abs, (s).length FROM t"),
    Case("SELECT p.domain_of_domain FROM people p", "function public.domain_of_domain"),
    // Casts by function syntax, and behind a dot.
    Case("SELECT guarded_int('5')", "domain public.guarded_int → function public.i_check"),
    Case("SELECT public.guarded_int(5)", "domain public.guarded_int → function public.i_check"),
    Case("SELECT guarded_int '5'", "domain public.guarded_int"),
    Case("SELECT p.guarded_people FROM people p", "domain public.guarded_people → function public.i_people"),
    Case("SELECT ROW(5, 1)::pair", "domain public.guarded_int"),
    Case("SELECT array_append(a, '6') FROM pairs", "domain public.guarded_int"),
    Case(
      "SELECT * FROM XMLTABLE('/a' PASSING CAST('<a>5</a>' AS xml) COLUMNS d guarded_int PATH '.')",
      "domain public.guarded_int"),
    Case("SELECT '5'::positive, positive(5), 5::positive, '{5}'::positive[]"),
    Case(
      "SELECT p.any_row FROM (people CROSS JOIN t) AS p, (SELECT p.any_row FROM named p) q",
      "function public.any_row"),
    Case("SELECT p.any_row FROM named AS p (x)", "function public.any_row"),
    Case("SELECT p.any_row FROM named AS p"),
    // Casts that nothing names.
    Case(
      "SELECT to_json(m) FROM moods",
      "cast from public.mood to json, which exists in this database and may be used → function public.mood_to_json"
    ),
    Case("SELECT json_agg(x) FROM (SELECT 'a'::mood AS x) y", "cast from public.mood to json"),
    Case("SELECT row_to_json(m) FROM moods m", "cast from public.mood to json"),
    // Aggregates are what they run; range types what they compute with.
    Case("SELECT traced_sum(a) FROM t", "aggregate public.traced_sum → function public.i_add"),
    Case("SELECT traced_final(a) FROM t", "aggregate public.traced_final → function public.i_plpgsql"),
    Case("SELECT lock_all(a) FROM t", "aggregate public.lock_all → function pg_catalog.pg_try_advisory_lock"),
    Case("SELECT guarded_state(a) FROM t", "domain public.guarded_text → function public.i_text"),
    Case("SELECT sum(a) FILTER (WHERE a > 1) OVER (ORDER BY id), plain_sum(a) OVER () FROM t"),
    Case("SELECT plain_sum(a) FROM t"),
    Case("SELECT traced_sum(a) FROM t", allowing: ["traced_sum"]),
    Case("SELECT traced_sum(a) FROM t", allowing: ["i_add"]),
    Case("SELECT * FROM spans WHERE s && '[1,2]'", "type public.span → function public.i_difference"),
    Case("SELECT float_range(1, 2), float_multirange(float_range(1, 2))"),
    Case("SELECT * FROM float_spans WHERE s && '[1,2]'"),
    // Operators.
    Case("SELECT OPERATOR(public.%%%) 5::bigint", "operator %%% → function pg_catalog.pg_try_advisory_lock"),
    Case("SELECT a OPERATOR(public.+) s FROM t", "operator + → function public.i_plus"),
    Case("SELECT a + s FROM t", "operator + → function public.i_plus"),
    Case("SELECT a + 1 FROM t", "operator + → function public.i_plus"),
    Case("SELECT a OPERATOR(pg_catalog.+) 1 FROM t"),
    // Lookalikes.
    Case("SELECT 'v_sql(1)', $$v_sql(1)$$, E'v_sql(1)' AS v_sql -- v_sql(1)"),
    Case("WITH v_sql AS (SELECT 1 AS i_sql) SELECT v_sql.i_sql FROM v_sql"),
    Case("SELECT x.v_sql FROM (SELECT 1 AS v_sql) x"), Case("SELECT s_sql.a FROM t AS s_sql"),
    Case("SELECT '{\"v_sql\": 1}'::jsonb -> 'v_sql', 'pg_advisory_lock(1)'::text"),
  ]

  static let definitions = [
    // Views, by what their trees hold: the server's own functions too, and exactly those that are meant.
    Case("SELECT * FROM locking", "view public.locking → function pg_catalog.pg_advisory_lock"),
    Case("SELECT * FROM hashing"),
    Case("SELECT * FROM exporting", "view public.exporting → function pg_catalog.table_to_xml"),
    Case(
      "SELECT * FROM traced_view",
      "view public.traced_view → aggregate public.traced_sum → function public.i_add"),
    Case("SELECT * FROM sampled"),
    Case(
      "WITH calling AS (SELECT * FROM calling) SELECT * FROM calling",
      "view public.calling → function public.i_plpgsql"),
    Case("SELECT * FROM (WITH calling AS (SELECT 1) SELECT 1) x, calling", "view public.calling"),
    Case("WITH calling AS (SELECT 1) SELECT * FROM calling"),
    Case("SELECT (SELECT b FROM calling LIMIT 1)", "view public.calling"),
    Case("TABLE calling", "view public.calling"),
    Case("UPDATE t SET a = 1 FROM calling WHERE calling.id = t.id", "view public.calling"),
    Case("DELETE FROM t USING calling WHERE calling.id = t.id", "view public.calling"),
    Case("SELECT * FROM casting", "domain public.guarded_int → function public.i_check"),
    // The server's own views, which DBAs ask.
    Case("SELECT * FROM pg_locks"), Case("SELECT * FROM pg_stat_activity"), Case("SELECT * FROM pg_settings"),
    Case("SELECT * FROM pg_stats"), Case("SELECT * FROM pg_stat_user_tables"),
    Case("SELECT * FROM pg_stat_xact_user_tables"),
    Case("SELECT * FROM pg_stat_database"), Case("SELECT * FROM pg_stat_replication"),
    Case("SELECT * FROM pg_sequences"),
    Case("SELECT * FROM pg_prepared_xacts"), Case("SELECT * FROM pg_cursors"),
    Case("SELECT * FROM pg_replication_slots"),
    Case("SELECT * FROM pg_stat_progress_vacuum"), Case("SELECT * FROM pg_replication_origin_status"),
    Case("SELECT * FROM information_schema.columns WHERE table_name = 't'"),
    Case(
      "SELECT pg_size_pretty(pg_total_relation_size(oid)), pg_blocking_pids(1) FROM pg_class WHERE relname = 't'"
    ),
    Case("SELECT pg_is_in_recovery(), pg_current_wal_lsn(), pg_partition_tree('parts')"),
    Case("SELECT * FROM pg_hba_file_rules", "view pg_hba_file_rules → function pg_catalog.pg_hba_file_rules"),
    Case(
      "SELECT * FROM pg_file_settings",
      "view pg_file_settings → function pg_catalog.pg_show_all_file_settings"),
    // Policies: behind a view those that bind its owner, of a partition those that bind who counts its rows.
    Case("SELECT * FROM owned_view", "policy forced on public.owned → function public.i_plpgsql"),
    Case("SELECT * FROM owned"),
    Case("SELECT * FROM parts WHERE id = 5", "policy of_part on public.parts_1", role: "reach_reader"),
    Case("SELECT * FROM parts WHERE id = 5"),
    Case("SELECT * FROM only_inserted", role: "reach_reader"),
    // What planning reads: folded where it stands on constants, and not run otherwise.
    Case("SELECT * FROM index_called WHERE k = 5"),
    Case("SELECT * FROM index_folded WHERE k = 5", "index public.index_folded_x → function public.i_plpgsql"),
    Case(
      "SELECT * FROM index_sql WHERE k = 5",
      "index public.index_sql_x → function public.i_calls → function public.i_plpgsql"),
    Case(
      "SELECT * FROM index_new WHERE k = 5",
      "index public.index_new_x → function public.i_calls_new → function public.i_plpgsql"),
    Case("SELECT * FROM index_harmless WHERE k = 5"), Case("SELECT * FROM index_partial WHERE k = 5"),
    Case("SELECT * FROM index_partial_folded WHERE k = 5", "index public.index_partial_folded_x"),
    Case("SELECT * FROM statistics_called WHERE k = 5"),
    Case(
      "SELECT l FROM statistics_folded WHERE k = 5 GROUP BY l",
      "statistics folded → function public.i_plpgsql"),
    Case("SELECT * FROM checked WHERE k = 5"),
    Case(
      "SELECT * FROM named_checked WHERE k = 5", "constraint folded_name of public.named_checked → function"),
    Case(
      "SELECT * FROM inherited WHERE k = 5",
      "constraint folded of public.inheriting → function public.i_check"),
    Case("SELECT * FROM keyed WHERE k = 5"),
    Case(
      "SELECT * FROM keyed_sql WHERE k = 5", "partition key of public.keyed_sql → function public.i_calls"),
    Case("SELECT * FROM defaulted"), Case("SELECT * FROM triggered"),
    // Foreign tables: what fetches their rows is out of sight.
    Case(
      "SELECT * FROM program",
      "foreign table public.program → function public.file_fdw_handler is rejected: it fetches rows"),
    Case("SELECT * FROM program_view", "foreign table public.program"),
    Case("SELECT * FROM with_foreign_child", "foreign table public.foreign_child"),
    Case("SELECT * FROM host_file"),
    Case("SELECT * FROM remote", "foreign table public.remote → function public.postgres_fdw_handler"),
    // Extensions.
    Case("SELECT crosstab('SELECT 1, 2, 3')", "function public.crosstab is rejected: it runs a query"),
    Case(
      "SELECT * FROM connectby('t', 'id', 'a', '1', 0) AS c (a int, b int, d int)",
      "function public.connectby"),
    Case("SELECT normal_rand(1, 1, 1)", "function public.normal_rand is rejected: it is VOLATILE"),
    Case("SELECT 'a'::citext = 'A', max('a'::citext)"),
    Case(
      "SELECT replace(s, 'a', 'b'), split_part(s, 'x', 1), regexp_replace(s, 'a', 'b'), strpos(s, 'x') FROM t"
    ),
    Case("SELECT 1 # 2, '{1,2}'::int[] # 1 FROM t"),
    Case("SELECT smuggled(1)", "aggregate public.smuggled → function public.i_add"),
    Case("SELECT id FROM t TABLESAMPLE system_rows (5)"),
    // The server's functions that run code by its number or name, or text.
    Case(
      "SELECT domain_in('5', 'guarded_int'::regtype, -1) IS NULL",
      "function pg_catalog.domain_in is rejected: it runs code"),
    Case("SELECT array_in('{5}', 'guarded_int'::regtype, -1) IS NULL", "function pg_catalog.array_in"),
    Case("SELECT record_in('(5,1)', 'pair'::regtype, -1) IS NULL", "function pg_catalog.record_in"),
    Case("SELECT fmgr_c_validator(1)", "function pg_catalog.fmgr_c_validator"),
    Case(
      "SELECT satisfies_hash_partition('parts'::regclass, 2, 0, 1)",
      "function pg_catalog.satisfies_hash_partition"),
    Case("SELECT ts_rewrite('a'::tsquery, 'SELECT 1')", "function pg_catalog.ts_rewrite"),
    Case("SELECT ts_rewrite('a'::tsquery, 'b', 'c')"),
    Case("SELECT * FROM ts_stat('SELECT 1')", "function pg_catalog.ts_stat"),
    Case(
      "SELECT schema_to_xml('public', true, true, '')",
      "function pg_catalog.schema_to_xml is rejected: it runs a query"),
    Case("SELECT lastval()", "function pg_catalog.lastval"),
    Case(
      "SELECT pg_stat_reset_single_table_counters(1)",
      "function pg_catalog.pg_stat_reset_single_table_counters"),
    Case("SELECT pg_stat_reset_shared('wal')", "function pg_catalog.pg_stat_reset_shared"),
    Case(
      "SELECT pg_advisory_xact_lock(1), pg_advisory_unlock_all()", "function pg_catalog.pg_advisory_xact_lock"
    ),
    Case("SELECT pg_try_advisory_lock_shared(1, 2)", "function pg_catalog.pg_try_advisory_lock_shared"),
    Case("SELECT pg_logical_emit_message(false, 'a', 'b')", "function pg_catalog.pg_logical_emit_message"),
    Case("SELECT pg_notification_queue_usage()", "function pg_catalog.pg_notification_queue_usage"),
    Case(
      "SELECT current_setting('work_mem'), obj_description(1, 'pg_class'), has_table_privilege('t', 'SELECT')"
    ),
    Case("SELECT inet_server_addr(), txid_current_if_assigned(), pg_get_viewdef('calling'::regclass)"),
  ]

  static let resolution = [
    // Hidden by pg_catalog only where the call gives all parameters in their order.
    Case("SELECT lower(zz => 'x')", "function public.lower is rejected: it is user-defined code"),
    Case("SELECT lower(zz := s) FROM t", "function public.lower"),
    Case("SELECT lower(s), lower('x') FROM t"), Case("SELECT (s).lower FROM t"),
    Case("SELECT power(3)", "function public.power"), Case("SELECT power(2, 3)"),
    Case("SELECT power(b => 3, a => 2)", "function public.power"),
    Case("SELECT (a).power FROM t", "function public.power"),
    Case("SELECT cardinality(1, 2)", "function public.cardinality"),
    Case("SELECT cardinality(VARIADIC ARRAY[1])", "function public.cardinality"),
    Case("SELECT cardinality(1)", "function public.cardinality"),
    Case("SELECT (a).cardinality FROM t", "function public.cardinality"),
    Case("SELECT date_part('x')", "function public.date_part"),
    Case("SELECT date_part('year', current_date), date_part('year', now())"),
    Case("SELECT make_interval(sexs => 1)", "function public.make_interval"),
    Case("SELECT make_interval(1, 2, 3, 4, 5, 6, 7)"),
    Case("SELECT pg_catalog.make_interval(days => 3), pg_catalog.lower(s) FROM t"),
    Case("SELECT jsonb_set('{}', '{a}', '1', create_if_missing => true), jsonb_set('{}', '{a}', '1')"),
    Case(
      "SELECT * FROM index_power WHERE k = 5",
      "index public.index_power_x → function public.i_power → function public.power"),
    Case("SELECT (a).traced_sum FROM t", "aggregate public.traced_sum → function public.i_add"),
    Case("SELECT (a).sum, (a).plain_sum FROM t"),
    // Defaults of arguments, of whatever may be called.
    Case(
      "SELECT * FROM index_left WHERE l = 5",
      "index public.index_left_x → default of function public.i_left → function public.i_plpgsql"),
    Case("UPDATE index_left SET l = 5 WHERE l = 4", "index public.index_left_x → default"),
    Case("SELECT * FROM index_quiet WHERE l = 5", "index public.index_quiet_x → default"),
    Case("SELECT * FROM index_settled WHERE l = 5"),
    Case("SELECT * FROM statistics_left WHERE k = 5 AND l = 5", "statistics left_out → default"),
    Case(
      "SELECT * FROM inherited_left WHERE k = 1",
      "constraint left_check of public.inheriting_left → default of function public.i_left"),
    Case("SELECT * FROM keyed_left WHERE k = 5", "partition key of public.keyed_left → default"),
    Case(
      "SELECT i_quiet(1)", "default of function public.i_quiet → function public.i_plpgsql",
      allowing: ["i_quiet"]),
    Case("SELECT i_quiet(1, 2), i_quiet(b => 1, a => 2)", allowing: ["i_quiet"]),
    Case("SELECT i_quiet(a => 1)", "default of function public.i_quiet", allowing: ["i_quiet"]),
    Case("SELECT (a).i_quiet FROM t", "default of function public.i_quiet", allowing: ["i_quiet"]),
    Case("SELECT t.t_left FROM t", "default of function public.t_left", allowing: ["t_left"]),
    Case("SELECT i_settled(1), i_settled(a => 1, d => 'b')", allowing: ["i_settled"]),
    Case("SELECT i_domain(1)", "domain public.guarded_int → function public.i_check", allowing: ["i_domain"]),
    Case(
      "SELECT * FROM left_view", "view public.left_view → default of function public.i_quiet",
      allowing: ["i_quiet"]),
    Case("SELECT 5::left_domain", "domain public.left_domain → default", allowing: ["i_quiet"]),
    Case("SELECT i_adding()", "default of function public.i_adding", allowing: ["i_adding"]),
    Case("SELECT i_adding()", allowing: ["i_adding", "i_add"]),
    Case(
      "SELECT i_deep()",
      "default of function public.i_deep → default of function public.i_adding → function public.i_add",
      allowing: ["i_deep", "i_adding"]),
    Case("SELECT i_deep()", allowing: ["i_deep", "i_adding", "i_add"]),
    // A partition is planned with the keys of what it is a part of.
    Case("SELECT * FROM above_2", "partition key of public.above → function public.i_plpgsql"),
    Case("SELECT 1 FROM above_21 JOIN above_2 USING (k)", "partition key of public.above"),
    Case("UPDATE above_2 SET l = 'x'", "partition key of public.above"),
    Case("DELETE FROM above_2 WHERE k = 3", "partition key of public.above"),
    Case(
      "SELECT * FROM above_1 WHERE k = 1", "partition key of public.above",
      set: [("constraint_exclusion", "on")]),
    Case(
      "SELECT * FROM above_21 WHERE k = 3", "partition key of public.above",
      set: [("constraint_exclusion", "on")]),
    Case(
      "SELECT * FROM above_left_1", "partition key of public.above_left → default of function public.i_left"),
    Case("SELECT * FROM above_plain_1"), Case("SELECT * FROM above_plain_11 WHERE k = 5"),
    Case("DELETE FROM above_plain_1 WHERE k = 5", set: [("constraint_exclusion", "on")]),
    Case("SELECT l FROM above_class WHERE l = 'x'", "operator class of macaddr8"),
    Case("SELECT l FROM above_class_1 WHERE l = 'x'", "operator class of macaddr8"),
    Case("SELECT 1 FROM index_class", "operator class of macaddr8"),
    Case(
      "SELECT pg_get_partition_constraintdef('above_1'::regclass)",
      "function pg_catalog.pg_get_partition_constraintdef is rejected: it runs code"),
    Case("SELECT pg_get_partkeydef('above'::regclass), pg_get_indexdef('index_left_x'::regclass)"),
    Case(
      "SELECT pg_get_expr(relpartbound, oid), pg_relation_is_updatable(oid, true) FROM pg_class WHERE relname = 'above_1'"
    ),
    // The server refuses them, after planning the policies of UPDATE too.
    Case(
      "SELECT * FROM locking_rows",
      "view public.locking_rows is rejected: it locks rows (FOR UPDATE or FOR SHARE), which a read-only transaction refuses"
    ),
    Case("SELECT * FROM locking_rows", "view public.locking_rows", allowing: ["locking_rows"]),
    Case("SELECT * FROM locking_rows_within", "view public.locking_rows_within is rejected: it locks rows"),
    Case("SELECT * FROM locking_rows_behind", "view public.locking_rows is rejected: it locks rows"),
    Case("UPDATE t SET a = 1 FROM locking_rows l WHERE l.id = t.id", "view public.locking_rows is rejected"),
    Case(
      "SELECT * FROM locking_policy", "policy sharing on public.locking_policy is rejected: it locks rows",
      role: "reach_reader"),
    Case("SELECT * FROM locking_policy"), Case("SELECT * FROM locking_in_name"),
    // An extension's functions in SQL, whose names the search path resolves.
    Case(
      "SELECT ll_to_earth(1, 2), earth_distance(ll_to_earth(1, 2), ll_to_earth(2, 3))", set: astray("public")),
    Case(
      "SELECT gc_to_sec(1), latitude(ll_to_earth(1, 2)), earth_box(ll_to_earth(1, 2), 5)",
      set: astray("public")),
    Case("SELECT * FROM public.placed, public.arcs", set: astray("public")),
    Case(
      "SELECT ll_to_earth(1, 2)", "function ext.ll_to_earth → function astray.earth", set: astray("astray")),
    Case(
      "SELECT ext.ll_to_earth(1, 2)", "function ext.ll_to_earth → function astray_cube.cube",
      set: astray("astray_cube")),
    Case("SELECT ext.gc_to_sec(1)", "function ext.gc_to_sec → function astray.earth", set: astray("astray")),
    Case("SELECT ext.sec_to_gc(1)", "function ext.sec_to_gc → function astray.earth", set: astray("astray")),
    Case(
      "SELECT earth_box('(0)', 5)",
      "function ext.earth_box → function ext.gc_to_sec → function astray.earth", set: astray("astray")),
    Case(
      "SELECT * FROM public.placed",
      "view public.placed → function ext.ll_to_earth → function astray.earth", set: astray("astray")),
    Case(
      "SELECT * FROM public.arcs WHERE arc = 1",
      "constraint chord of public.long_arcs → function ext.gc_to_sec → function astray.earth",
      set: astray("astray")),
  ]

  private static func astray(_ schema: String) -> [(String, String)] {
    [("search_path", "\(schema), ext")]
  }

  static let paths = [
    // A schema before pg_catalog hides what the statement means, and what the evidence queries mean.
    Case("SELECT pg_catalog.lower(s) FROM t", set: [("search_path", "public, early")]),
    Case("SELECT upper(s) FROM t", set: [("search_path", "public, early")]),
    Case(
      "SELECT upper(s) FROM public.t", "function early.upper", set: [("search_path", "early, pg_catalog")]),
    Case(
      "SELECT pg_catalog.lower(s) FROM public.t", "evidence → function count → aggregate early.count",
      set: [("search_path", "early, pg_catalog")]),
    Case("SELECT early.upper(s) FROM t", "function early.upper"),
    Case("SELECT early_only(1)", "function early.early_only", set: [("search_path", "public, early")]),
    // Backslashes in strings end them elsewhere for a session that says so.
    Case("SELECT '\\' , ' || v_sql(1) || '''", set: [("standard_conforming_strings", "off")]),
    // The role of the application decides about policies.
    Case("SELECT * FROM parts", "policy of_part", set: [("role", "reach_reader")]),
  ]

  @Test(arguments: ["calls", "resolution", "definitions", "paths"]) func judgesEveryWayToUserCode(
    _ table: String
  )
    async throws
  {
    let tables = [
      "calls": Self.calls, "resolution": Self.resolution, "definitions": Self.definitions,
      "paths": Self.paths,
    ]
    let cases = tables[table] ?? []
    #expect(!cases.isEmpty)
    var sessions: [String: LoggedSession] = [:]
    for test in cases {
      for isRejected in [true, false] where (test.reason != nil) == isRejected {
        let key = "\(test.role) \(isRejected)"
        let logged: LoggedSession
        if let open = sessions[key] {
          logged = open
        } else {
          logged = try await LoggedSession(Self.made.value, role: test.role)
        }
        sessions[key] = logged
        await Self.check(test, on: logged.session)
      }
    }
    for (key, logged) in sessions {
      let entries = try await logged.entries()
      #expect(!entries.contains { $0.text.hasPrefix("ran") && !$0.text.hasPrefix("ran i_add") }, "\(key)")
      if key.hasSuffix("true") { #expect(!entries.contains { $0.text.contains("EXPLAIN") }) }
    }
  }

  private static func check(_ test: Case, on session: Session) async {
    do {
      _ = try await session.capture(test.sql, settings: test.settings, allowing: test.allowing)
      #expect(test.reason == nil, "admitted: \(test.sql)")
    } catch CaptureError.functionRejected(let rejection) {
      #expect(rejection.description.hasPrefix(test.reason ?? "admitted"), "\(test.sql): \(rejection)")
    } catch {
      Issue.record("\(test.sql): \(error)")
    }
  }

  /// The whole of an analysis, evidence and trials included, runs none of it either.
  @Test(arguments: ["postgres", "reach_reader"]) func runsNothingInAWholeAnalysis(_ role: String) async throws
  {
    let logged = try await LoggedSession(Self.made.value, role: role)
    for sql in [
      "SELECT * FROM index_called WHERE k = 5", "SELECT * FROM statistics_called WHERE k = 5 AND l = 5",
      "SELECT * FROM checked WHERE k = 5", "SELECT * FROM keyed WHERE k = 5",
      "SELECT * FROM defaulted WHERE k = 5",
      "UPDATE triggered SET k = 5 WHERE k = 4", "UPDATE assigned SET c = 5", "UPDATE ruled SET k = 1",
      "UPDATE defaulted SET k = DEFAULT", "UPDATE defaulted_sql SET l = DEFAULT",
      "UPDATE defaulted_left SET l = DEFAULT",
    ] { _ = try await logged.session.analyze(sql) }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// The role's own search path leads to a schema before `pg_catalog` when the session begins.
  @Test func asksTheServerByNamesThatNothingHides() async throws {
    let database = try await LoggedServer.makeDatabase(
      script: Self.schema().replacing("reach_", with: "reach2_"))
    try await database.run(sql: "ALTER DATABASE \(database.name) SET search_path = early, pg_catalog")
    let logged = try await LoggedSession(database)
    _ = try await logged.session.identify()
    await #expect(throws: CaptureError.self) {
      _ = try await logged.session.analyze("UPDATE public.t SET a = 1 WHERE s > 'x'")
    }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// The server leaves out arguments that are parameters of type `void`, so that fewer remain.
  @Test(arguments: ["SELECT power($1, 3)", "SELECT power($1::void, 3)", "SELECT lower($1, 'x')"])
  func countsOnNoParameterAsAnArgument(_ sql: String) async throws {
    let logged = try await LoggedSession(Self.made.value)
    for type in ["void", nil] {
      let parameter = BoundParameters.Parameter(number: 1, value: "", typeName: type)
      let request = CaptureRequest(
        statement: try Admission.admit(StatementText(sql), parameters: .given([1])), engine: .postgres,
        parameters: BoundParameters([parameter]))
      await #expect(throws: CaptureError.self) {
        _ = try await Capture.take(request, on: logged.session, functions: FunctionAdmission())
      }
    }
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  /// As a pooler may hand over a session that somebody has used.
  @Test func asksTheCatalogWhateverTemporaryObjectsASessionHas() async throws {
    let logged = try await LoggedSession(Self.made.value)
    for sql in [
      "CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (public.i_text(VALUE))",
      "CREATE TEMP VIEW pg_proc AS SELECT * FROM pg_catalog.pg_proc WHERE false",
      "CREATE TEMP VIEW pg_rewrite AS SELECT * FROM pg_catalog.pg_rewrite WHERE false",
      "CREATE TEMP VIEW pg_type AS SELECT * FROM pg_catalog.pg_type WHERE false",
      "CREATE TEMP VIEW pg_settings AS SELECT * FROM pg_catalog.pg_settings WHERE false",
    ] { _ = try await logged.session.query(sql) }
    for (sql, reason) in [
      ("SELECT i_plpgsql(1)", "function public.i_plpgsql"), ("SELECT * FROM calling", "view public.calling"),
      ("SELECT 5::guarded_int", "domain public.guarded_int"),
    ] { await Self.check(Case(sql, reason), on: logged.session) }
    _ = try await logged.session.analyze("SELECT * FROM t WHERE s = 'x5'")
    #expect(try await !logged.entries().contains { $0.text.hasPrefix("ran") })
  }

  @Test func saysWhichVouchWasNotNeeded() async throws {
    let logged = try await LoggedSession(Self.made.value)
    let capture = try await logged.session.capture(
      "SELECT i_internal(1), lower('x') FROM hashing",
      allowing: ["i_internal", "other.i_internal", "nosuch", "md5", "lower"])
    #expect(capture.functions.unusedVouches.map(\.label) == ["nosuch", "other.i_internal"])
    #expect(capture.functions.gaps.isEmpty)
  }
}
