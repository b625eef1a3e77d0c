import Testing

@testable import LogReading

@Suite struct CSVLogTests {
  /// A record of a release: 22 columns to 8.4, 23 from 9.0, 24 with 13, 26 from 14 on.
  static func record(columns: Int = 26, message: String = Log.message, severity: String = "LOG") -> String {
    let quoted = message.replacing("\"", with: "\"\"")
    var fields = [
      "2026-11-22 21:04:05.123 UTC", "\"app\"", "\"shop\"", "4711", "\"[local]\"", "65a1b2c3.1267", "3",
      "\"SELECT\"", "2026-11-22 21:00:00 UTC", "3/17", "0", severity, "00000", "\"\(quoted)\"",
    ]
    fields += [String](repeating: "", count: 8) + ["\"psql\"", "\"client backend\"", "", "-77"]
    return fields.prefix(columns).joined(separator: ",") + "\n"
  }

  @Test(arguments: [22, 23, 24, 26]) func readsTheColumnsOfEveryRelease(_ columns: Int) throws {
    let log = Self.record(columns: columns, message: "checkpoint") + Self.record(columns: columns)
    let plan = try #require(Log.plans(log).first)
    #expect(plan.text == Log.body && plan.duration == 12.345)
    #expect(plan.offset == Self.record(columns: columns, message: "checkpoint").utf8.count)
    let queryIdentifier = columns == 26 ? "-77" : nil
    #expect(
      plan.origin
        == LogOrigin(
          time: "2026-11-22 21:04:05.123 UTC", processID: 4711, user: "app", database: "shop",
          queryIdentifier: queryIdentifier))
  }

  @Test func readsQuotesInsideOfAStatement() {
    let message = Log.message.replacing("name", with: "\"na,me\"")
    #expect(
      Log.plans(Self.record(message: message)).map(\.text) == [Log.body.replacing("name", with: "\"na,me\"")])
  }

  /// The server died while it wrote, and began to write again.
  @Test(arguments: [200, 250, 300]) func goesOnBehindARecordThatBreaksOff(_ length: Int) {
    let log = String(Self.record().prefix(length)) + "\n" + Self.record()
    let events = Log.events(log)
    #expect(events.compactMap(\.plan).map(\.text) == [Log.body])
    #expect(events.compactMap(\.damage) == [LogDamage(offset: 0, reason: .brokenCSV)])
  }

  @Test func saysWhereALogBreaksOff() {
    let first = Self.record()
    let events = Log.events(first + Self.record().prefix(250))
    #expect(events.compactMap(\.plan).count == 1)
    #expect(events.compactMap(\.damage) == [LogDamage(offset: first.utf8.count, reason: .endsEarly)])
  }

  /// A statement may quote a log.
  @Test func takesALineOfAStatementForNoRecord() {
    let message = Log.message.replacing("'a'", with: "'\n\(Self.record().prefix(60))'")
    let events = Log.events(Self.record(message: message))
    #expect(events.count == 1 && events.first?.plan != nil)
  }

  /// RFC 4180 ends lines by a carriage return, too.
  @Test(arguments: ["\n", "\r\n"]) func readsExportsWithAHeader(_ end: String) {
    let entry = Log.entry("2026-11-22 21:04:05 UTC:10.0.0.7(53210):app@shop:[4711]:")
    let whole = "@timestamp,@message\(end)2026-11-22 21:04:05.000,\"\(entry)\"\(end)"
    #expect(Log.plans(whole).map(\.text) == [Log.body])
    let lines = entry.split(separator: "\n").map { "2026-11-22 21:04:05.000,\"\($0)\"\(end)" }
    #expect(Log.plans("@timestamp,@message\(end)" + lines.joined()).map(\.text) == [Log.body])
  }
}
