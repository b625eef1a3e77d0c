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

  @Test(arguments: ["calls", "definitions", "paths"]) func judgesEveryWayToUserCode(_ table: String)
    async throws
  {
    let cases = ["calls": Self.calls, "definitions": Self.definitions, "paths": Self.paths][table] ?? []
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
      "UPDATE defaulted SET k = DEFAULT",
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

  @Test func saysWhichVouchWasNotNeeded() async throws {
    let logged = try await LoggedSession(Self.made.value)
    let capture = try await logged.session.capture(
      "SELECT i_internal(1), lower('x') FROM hashing",
      allowing: ["i_internal", "other.i_internal", "nosuch", "md5", "lower"])
    #expect(capture.functions.unusedVouches.map(\.label) == ["nosuch", "other.i_internal"])
    #expect(capture.functions.gaps.isEmpty)
  }
}
