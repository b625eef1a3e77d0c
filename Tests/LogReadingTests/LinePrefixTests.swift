import Testing

@testable import LogReading

/// Lines of stderr's form, whatever `log_line_prefix` is.
@Suite struct LinePrefixTests {
  struct Row: Sendable, CustomStringConvertible {
    /// The setting.
    var description: String
    /// What it printed.
    var printed: String
    var time: String?
    var processID: Int?
    var user: String?
    var database: String?

    init(
      _ setting: String, _ printed: String, _ time: String?, _ processID: Int?, _ user: String? = nil,
      _ database: String? = nil
    ) {
      description = setting
      self.printed = printed
      self.time = time
      self.processID = processID
      self.user = user
      self.database = database
    }
  }

  static let rows = [
    Row("", "", nil, nil),
    Row("%m [%p] ", "2026-11-22 21:04:05.123 UTC [4711] ", "2026-11-22 21:04:05.123 UTC", 4711),
    Row(
      "%m [%p] %q%u@%d ", "2026-11-22 21:04:05.123 CET [4711] app@shop ", "2026-11-22 21:04:05.123 CET", 4711,
      "app", "shop"),
    // Amazon RDS and Aurora, where it cannot be changed.
    Row(
      "%t:%r:%u@%d:[%p]:", "2026-11-22 21:04:05 UTC:10.0.0.7(53210):app@shop:[4711]:",
      "2026-11-22 21:04:05 UTC",
      4711, "app", "shop"),
    // Azure Database for PostgreSQL.
    Row("%t-%c-", "2026-11-22 21:04:05 UTC-65a1b2c3.1267-", "2026-11-22 21:04:05 UTC", 4711),
    // Cloud SQL.
    Row(
      "%m [%p]: [%l-1] db=%d,user=%u ", "2026-11-22 21:04:05.123 UTC [4711]: [5-1] db=shop,user=app ",
      "2026-11-22 21:04:05.123 UTC", 4711, "app", "shop"),
    // pgBadger's.
    Row(
      "%t [%p]: user=%u,db=%d,app=%a,client=%h ",
      "2026-11-22 21:04:05 UTC [4711]: user=app,db=shop,app=psql,client=10.0.0.7 ", "2026-11-22 21:04:05 UTC",
      4711,
      "app", "shop"),
    // Made to look like JSON, for a collector that takes lines apart.
    Row(
      #"{"pid":%p,"t":"%m"} "#, #"{"pid":4711,"t":"2026-11-22 21:04:05.123 UTC"} "#,
      "2026-11-22 21:04:05.123 UTC",
      nil),
    Row("%n %p ", "1795381445.123 4711 ", "1795381445.123", nil),
    Row("%c %l-%x ", "65a1b2c3.1267 12-0 ", nil, 4711),
    Row(
      "%m [%p-%l] %u %d ", "2026-11-22 21:04:05.123 +02 [4711-3] app shop ", "2026-11-22 21:04:05.123 +02",
      4711),
    Row("< %m >", "< 2026-11-22 21:04:05.123 -03:30 >", "2026-11-22 21:04:05.123 -03:30", nil),
    Row(
      "%m [%p] %a %u@%d ", "2026-11-22 21:04:05.123 UTC [4711] my app: [part 9] app@shop ",
      "2026-11-22 21:04:05.123 UTC", 4711, "app", "shop"),
    Row(
      "%m\t[%p]\t%u@%d\t", "2026-11-22 21:04:05.123 UTC\t[4711]\tapp@shop\t", "2026-11-22 21:04:05.123 UTC",
      4711, "app",
      "shop"),
    Row(
      "%m [%p] %q[user=%u,db=%d] ", "2026-11-22 21:04:05.123 UTC [4711] [user=app,db=shop] ",
      "2026-11-22 21:04:05.123 UTC", 4711, "app", "shop"),
    Row(
      "%m [%p] %u@%d ", "2026-11-22 21:04:05.123 UTC [4711] [unknown]@[unknown] ",
      "2026-11-22 21:04:05.123 UTC", 4711),
    Row("pid=%p db=%d ", "pid=4711 db=shop ", nil, 4711, nil, "shop"),
    Row(
      "%b|%e|%m|%v|", "client backend|00000|2026-11-22 21:04:05.123 UTC|3/17|", "2026-11-22 21:04:05.123 UTC",
      nil),
  ]

  @Test(arguments: rows) func findsTheEntryAndWhoLoggedIt(_ row: Row) throws {
    let other = "\(row.printed)LOG:  checkpoint starting: time\n"
    let log = other + Log.entry(row.printed) + other + Log.entry(row.printed)
    let plans = Log.plans(log)
    #expect(plans.count == 2 && Log.events(log).count == 2)
    let first = try #require(plans.first)
    #expect(first.text == Log.body)
    #expect(first.duration == 12.345)
    #expect(first.offset == other.utf8.count)
    #expect(
      first.origin
        == LogOrigin(time: row.time, processID: row.processID, user: row.user, database: row.database))
  }

  /// auto_explain has no translations, so that only the severity is in another language.
  @Test(arguments: ["LOG", "СООБЩЕНИЕ", "日志", "로그", "NOTICE", "ПРЕДУПРЕЖДЕНИЕ", "DEBUG1"])
  func readsEverySeverityInEveryLanguage(_ severity: String) {
    let prefix = "2026-11-22 21:04:05.123 UTC [4711] "
    let log = Log.entry(prefix, severity: severity) + "\(prefix)\(severity):  x\n"
    #expect(Log.plans(log).map(\.text) == [Log.body])
  }

  @Test func readsLineEndsOfWindows() {
    let log = Log.entry("2026-11-22 21:04:05.123 UTC [4711] ").replacing("\n", with: "\r\n")
    #expect(Log.plans(log).map(\.text) == [Log.body])
  }

  @Test func takesOtherMessagesForNoPlan() {
    let prefix = "2026-11-22 21:04:05.123 UTC [4711] "
    let log = """
      \(prefix)LOG:  duration: 1.2 ms  statement: SELECT 'x ms  plan:'
      \(prefix)ERROR:  syntax error at or near "plan:"
      \(prefix)STATEMENT:  SELECT
      \t1.0 ms  plan:
      \(prefix)LOG:  the plan: none

      """
    #expect(Log.events(log).isEmpty)
  }
}
