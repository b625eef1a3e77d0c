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
    "lock_timeout=", "lock_timeout='0'", "work_mem", "=5", "",
  ])
  func refusesASettingThatWouldMakeTheRunLessSafe(_ text: String) {
    #expect(throws: (any Error).self) { try SettingOption(text) }
  }

  @Test(arguments: [
    ("work_mem=64MB", "work_mem", "64MB"), ("lock_timeout=100ms", "lock_timeout", "100ms"),
    ("lock_timeout=1min", "lock_timeout", "1min"), ("row_security=off", "row_security", "off"),
    ("app.tenant=a=b", "app.tenant", "a=b"), ("TimeZone=", "TimeZone", ""), ("jit=off", "jit", "off"),
  ])
  func takesASettingOfTheApplication(_ text: String, _ name: String, _ value: String) throws {
    let setting = try SettingOption(text).setting
    #expect(setting.name == name && setting.value == value)
  }
}
