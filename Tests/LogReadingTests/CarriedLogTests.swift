import Testing

@testable import LogReading

/// Logs that went through syslog, a container's log or a collector, which put something before each line.
@Suite struct CarriedLogTests {
  static func carried(_ carrier: (Int) -> String, _ entry: String) -> [String] {
    entry.split(separator: "\n").enumerated().map { carrier($0) + $1 }
  }

  @Test func joinsWhatSyslogNumbered() {
    let host = { (pid: Int, part: Int) in "Nov 22 21:04:0\(part) db1 postgres[\(pid)]: [5-\(part + 1)] " }
    let one = Self.carried({ host(11, $0) }, Log.entry("app@shop "))
    let two = Self.carried({ host(12, $0) }, Log.entry("app@shop "))
    let lines = zip(one, two).flatMap { [$0, $1] }.map { $0.replacing("\t", with: "#011") }
    let plans = Log.plans(lines.joined(separator: "\n") + "\n")
    #expect(plans.map(\.text) == [Log.body, Log.body])
    #expect(plans.map(\.origin.processID) == [11, 12])
    #expect(
      plans.first?.origin == LogOrigin(time: "Nov 22 21:04:00", processID: 11, user: "app", database: "shop"))
  }

  /// PostgreSQL cuts lines of over 900 bytes at a blank for syslog.
  @Test func joinsLinesThatSyslogHadToBreak() {
    let host = { (part: Int) in "Nov 22 21:04:05 db1 postgres[11]: [5-\(part)] " }
    let log = """
      \(host(1))LOG:  duration: 1.5 ms  plan:
      \(host(2))#011Query Text: SELECT 1,
      \(host(3)) 2
      \(host(4))#011Result  (cost=0.00..0.01 rows=1 width=4)

      """
    #expect(
      Log.plans(log).map(\.text) == ["Query Text: SELECT 1, 2\nResult  (cost=0.00..0.01 rows=1 width=4)"])
  }

  @Test(
    arguments: [
      { "db-1  | \($0 < 0 ? "" : "")" },
      { "2026-11-22T21:04:05.00\(abs($0))Z stderr F " },
      { "[pod/pg-0/postgres] \($0 < 0 ? "" : "")" },
      { "Nov 22 21:04:0\(abs($0)) db1 postgres[77]: " },
    ] as [@Sendable (Int) -> String])
  func joinsLinesBehindTheSameWords(_ carrier: @Sendable (Int) -> String) {
    let prefix = "2026-11-22 21:04:05.123 UTC [4711] app@shop "
    let lines = Self.carried(carrier, Log.entry(prefix)) + [carrier(1) + prefix + "LOG:  x"]
    let plans = Log.plans((lines + lines).joined(separator: "\n") + "\n")
    #expect(plans.map(\.text) == [Log.body, Log.body])
    #expect(plans.first?.origin.database == "shop")
    #expect(plans.first?.origin.processID == 4711 || plans.first?.origin.processID == 77)
  }

  @Test func keepsInterleavedPodsApart() {
    let entry = Log.entry("2026-11-22 21:04:05.123 UTC [4711] ")
    let (one, two) = (
      Self.carried({ _ in "[pod/pg-0/db] " }, entry), Self.carried({ _ in "[pod/pg-1/db] " }, entry)
    )
    let log = zip(one, two).flatMap { [$0, $1] }.joined(separator: "\n") + "\n"
    #expect(Log.plans(log).map(\.text) == [Log.body, Log.body])
  }

  /// What a client prints has no tabs, and what is copied from a web page has blanks for them.
  @Test func readsMessagesWithoutTabs() {
    let bare = "LOG:  \(Log.message)\n"
    #expect(Log.plans(bare + bare).map(\.text) == [Log.body, Log.body])
  }

  @Test(arguments: [1, 2, 4, 8]) func readsMessagesWithBlanksForTabs(_ count: Int) {
    let entry = Log.entry("2026-11-22 21:04:05 UTC:10.0.0.7(53210):app@shop:[4711]:")
    let copied = entry.replacing("\n\t", with: "\n" + String(repeating: " ", count: count))
    #expect(Log.plans(copied + copied).map(\.text) == [Log.body, Log.body])
  }

  /// An editor takes the tab from a line that has nothing else.
  @Test func keepsEmptyLinesInside() {
    let log =
      "LOG:  duration: 1.5 ms  plan:\n\tQuery Text: SELECT\n\n\t1\n\tResult  (cost=0.00..0.01 rows=1 width=4)\n\nLOG:  x\n"
    #expect(
      Log.plans(log).map(\.text) == ["Query Text: SELECT\n\n1\nResult  (cost=0.00..0.01 rows=1 width=4)"])
  }

  /// Kubernetes breaks long lines into parts; another stream's lines may stand between them.
  @Test(arguments: [1, 7, 40, 400])
  func putsThePartsOfAContainersLinesTogether(_ size: Int) {
    let entry = Log.entry("2026-11-22 21:04:05.123 UTC [4711] app@shop ")
    let lines = entry.split(separator: "\n").flatMap { line in
      let starts = Array(stride(from: 0, to: line.count, by: size))
      return starts.map { start in
        let tag = start == starts.last ? "F" : "P"
        return "2026-11-22T21:04:05.123456789Z stderr \(tag) " + line.dropFirst(start).prefix(size)
          + "\n2026-11-22T21:04:05.123456789Z stdout F listening"
      }
    }
    let other = "2026-11-22T21:04:06.000000000Z stderr F 2026-11-22 21:04:06 UTC [1] LOG:  x\n"
    let log = other + (lines + lines).joined(separator: "\n") + "\n" + other
    #expect(Log.plans(log).map(\.text) == [Log.body, Log.body])
    #expect(Log.plans(log).first?.offset == other.utf8.count)
  }
}
