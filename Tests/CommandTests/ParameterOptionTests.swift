import Testing

@testable import plandx

/// How `--param` and `--set` are read.
@Suite struct ParameterOptionTests {
  static let read: [(String, Int, String?, String?)] = [
    ("1=41", 1, "41", nil), ("2=41:bigint", 2, "41", "bigint"), ("12= x ", 12, " x ", nil),
    // NULL and the empty string.
    ("1=", 1, "", nil), ("1=:text", 1, "", "text"), ("1=NULL", 1, nil, nil), ("1=null", 1, nil, nil),
    ("1=NULL:int", 1, nil, "int"), ("1=NULL:", 1, "NULL", nil), ("1=NULLs", 1, "NULLs", nil),
    // Colons that belong to the value.
    ("1=10:30", 1, "10:30", nil), ("1=10:30:time", 1, "10:30", "time"),
    ("1=2024-01-01 10:30:00+01:timestamptz", 1, "2024-01-01 10:30:00+01", "timestamptz"),
    ("1=http://host/path", 1, "http://host/path", nil),
    ("1=http://host:8080/a=b", 1, "http://host:8080/a=b", nil),
    ("1=urn:isbn:", 1, "urn:isbn", nil), ("1=urn:isbn:text", 1, "urn:isbn", "text"),
    ("1=a::", 1, "a:", nil), ("1=:", 1, "", nil), ("1=fe80::1:inet", 1, "fe80::1", "inet"),
    ("1=note: see below", 1, "note: see below", nil), ("1={\"a\":true}", 1, "{\"a\":true}", nil),
    ("1={\"a\": 1}:jsonb", 1, "{\"a\": 1}", "jsonb"),
    // Types with more than a word.
    ("1=5:numeric(10,2)", 1, "5", "numeric(10,2)"), ("1={1,2}:int[]", 1, "{1,2}", "int[]"),
    ("1=x:timestamp with time zone", 1, "x", "timestamp with time zone"),
    ("1=x:app.kind", 1, "x", "app.kind"), ("1=x:\"My Kind\"", 1, "x", "\"My Kind\""),
    // Nothing is taken for SQL or for an option.
    ("1=-5", 1, "-5", nil), ("1='; DROP TABLE t; --", 1, "'; DROP TABLE t; --", nil),
    ("1=a=b", 1, "a=b", nil), ("1=é:text", 1, "é", "text"), ("65535=x", 65535, "x", nil),
  ]

  @Test(arguments: read)
  func findsValueAndType(_ text: String, _ number: Int, _ value: String?, _ type: String?) throws {
    let option = try ParameterOption(text)
    #expect(option.number == number && option.value == value && option.typeName == type, "\(option)")
  }

  static let wrong = ["1", "", "=", "=5", "0=1", "-1=2", "$1=2", "a=1", "1.5=2", "65536=1", "٣=1", " 1=2"]

  @Test(arguments: wrong) func refusesWhatNamesNoParameter(_ text: String) {
    #expect(throws: (any Error).self) { try ParameterOption(text) }
  }

  @Test(arguments: [
    "transaction_read_only=off", "default_transaction_read_only=off", "Transaction_Read_Only=off",
    "transaction_isolation=serializable", "statement_timeout=0", "transaction_timeout=0",
    "idle_in_transaction_session_timeout=0", "client_connection_check_interval=0",
    "session_replication_role=replica", "zero_damaged_pages=on", "role=postgres",
    "session_authorization=postgres",
    "search_path=public", "plan_cache_mode=force_generic_plan", "standard_conforming_strings=off",
    "client_encoding=LATIN1", "plandx.p1=x", "lock_timeout=0", "lock_timeout=0ms", "lock_timeout=0.0s",
    "lock_timeout=", "lock_timeout='0'", "lock_timeout=0.4ms", "lock_timeout=1us",
    "lock_timeout=24d", "temp_file_limit=-1", "work_mem", "=5", "",
    // They write: to the server's disk, to its log, to its statistics.
    "jit_dump_bitcode=on", "JIT_Dump_Bitcode=on", "log_statement=all", "log_executor_stats=on",
    "debug_print_plan=on", "track_activities=off", "track_functions=all", "application_name=x",
    "auto_explain.log_min_duration=0", "Auto_Explain.log_analyze=on", "pg_stat_statements.track=all",
    "pgaudit.log=all", "apg_plan_mgmt.capture_plan_baselines=automatic",
    // They run code or weaken the server.
    "plperl.on_init=x", "plpgsql.variable_conflict=use_column", "allow_system_table_mods=on",
    "session_preload_libraries=x", "local_preload_libraries=x", "dynamic_library_path=x",
    "max_stack_depth=1GB", "default_tablespace=x", "client_min_messages=debug5", "nonsense=on",
    // No names.
    "work_mem =1MB", " work_mem=1MB", "jit dump=on", "a..b=1", ".a=1", "a.=1", "app.tenant;x=1",
    "w\u{F6}rk=1",
    "wor\u{212A}_mem=1", "1a.b=1", "work_mem\n=1",
  ])
  func refusesASettingThatWouldMakeTheRunLessSafe(_ text: String) {
    #expect(throws: (any Error).self) { try SettingOption(text) }
  }

  @Test(arguments: [
    ("work_mem=64MB", "work_mem", "64MB"), ("lock_timeout=100ms", "lock_timeout", "100ms"),
    ("lock_timeout=1min", "lock_timeout", "1min"), ("row_security=off", "row_security", "off"),
    ("app.tenant=a=b", "app.tenant", "a=b"), ("TimeZone=", "TimeZone", ""), ("jit=off", "jit", "off"),
    ("Enable_SeqScan=off", "Enable_SeqScan", "off"), ("geqo_seed=0.5", "geqo_seed", "0.5"),
    ("jit_above_cost=0", "jit_above_cost", "0"), ("temp_file_limit=1GB", "temp_file_limit", "1GB"),
    ("dsql.enable_batched_nestloop=off", "dsql.enable_batched_nestloop", "off"),
    ("request.jwt.claims={}", "request.jwt.claims", "{}"),
    ("pg_hint_plan.enable_hint=off", "pg_hint_plan.enable_hint", "off"),
  ])
  func takesASettingOfTheApplication(_ text: String, _ name: String, _ value: String) throws {
    let setting = try SettingOption(text).setting
    #expect(setting.name == name && setting.value == value)
  }

  /// What Aurora DSQL lets be set.
  @Test(arguments: [
    "enable_hashjoin", "enable_mergejoin", "enable_nestloop", "enable_seqscan", "enable_indexscan",
    "enable_indexonlyscan", "enable_sort", "enable_hashagg", "dsql.enable_batched_nestloop",
  ])
  func takesWhatAuroraDSQLTakes(_ name: String) throws {
    #expect(try SettingOption("\(name)=off").setting.name == name)
  }

  @Test(arguments: [
    (
      "jit_dump_bitcode=on",
      "--set jit_dump_bitcode is refused: it may do more than change a plan; --set takes settings of the planner, memory, parallel plans, formats and locale, and the application's own"
    ),
    ("role=x", "--set role is refused: --role NAME acts as a role"),
    ("jit dump=on", "--set takes NAME=VALUE: a setting's name has letters, digits, _, $ and dots alone"),
  ])
  func saysWhyASettingIsRefused(_ text: String, _ words: String) async throws {
    let run = try await Plandx.run(["analyze", "--set", text, "SELECT 1"])
    #expect(run.errors == "plandx: \(words); see plandx --help\n")
    #expect(run.status == 64)
  }
}
