import Testing

@testable import LogReading

/// What is damaged, endless or cut anywhere is reported, and the rest is read.
@Suite struct BoundsTests {
  static let prefix = "2026-11-22 21:04:05.123 UTC [4711] app@shop "

  /// One log of each form, with an entry and other lines.
  static let logs: [String] = [
    "\(prefix)LOG:  x\n" + Log.entry(prefix) + "\(prefix)LOG:  x\n" + Log.entry(prefix),
    CSVLogTests.record(message: "x") + CSVLogTests.record() + CSVLogTests.record(),
    JSONLogTests.object("x") + JSONLogTests.object() + JSONLogTests.object(),
    "{\n  \"events\": [\n    {\n      \"message\": \(JSONLogTests.quoted(Log.entry(prefix)))\n    }\n  ]\n}\n",
    // What shows that these are plans stands behind the bytes that are looked at.
    JSONLogTests.object(String(repeating: "x", count: 4_200)) + "{ \"Plan\": {} }\n",
    "Look:\n\n" + Log.plan + "\n\nand\n\n" + Log.plan + "\n",
  ]

  @Test(arguments: logs) func survivesEveryBeginningOfALog(_ log: String) {
    let bytes = Array(log.utf8)
    let whole = Log.events(bytes, pieces: .max)
    for length in bytes.indices {
      let events = Log.events(Array(bytes[..<length]), pieces: .max)
      #expect(events.count <= whole.count + 1)
    }
  }

  @Test(arguments: logs) func survivesEveryEndOfALog(_ log: String) {
    let bytes = Array(log.utf8)
    for start in bytes.indices { _ = Log.events(Array(bytes[start...]), pieces: .max) }
  }

  /// What it is may be told later where the bytes come one by one, but not differently.
  @Test(arguments: logs, [1, 7, 64]) func readsPiecesAsTheWhole(_ log: String, _ size: Int) {
    let bytes = Array(log.utf8)
    #expect(Log.events(bytes, pieces: size) == Log.events(bytes, pieces: .max))
  }

  @Test(arguments: logs) func survivesEveryByteOutOfPlace(_ log: String) {
    let strange: [UInt8] = [0x00, 0x09, 0x0A, 0x22, 0x5B, 0x7B, 0xFF]
    for index in 0..<log.utf8.count {
      var bytes = Array(log.utf8)
      bytes[index] = strange[index % strange.count]
      _ = Log.events(bytes, pieces: .max)
    }
  }

  static let long = [
    Log.entry(prefix, message: Log.message + String(repeating: "\n  x", count: 1_000)),
    Log.entry(prefix, message: Log.message + String(repeating: " x", count: 1_000)),
    CSVLogTests.record(message: Log.message + String(repeating: "\n  x", count: 1_000)),
    JSONLogTests.object(Log.message + String(repeating: " x", count: 1_000)),
    "{\n\"message\":\n" + String(repeating: "\n", count: 2_000) + "\"plan:\"}\n",
    Log.plan + String(repeating: "\n  x", count: 1_000) + "\n",
  ]

  @Test(arguments: zip(long, [logs[0], logs[0], logs[1], logs[2], logs[2], Log.plan + "\n"]))
  func reportsAnEntryThatIsTooLongAndGoesOn(_ long: String, _ rest: String) {
    let events = Log.events(long + rest, entryLimit: 1_024)
    #expect(events.first?.damage == LogDamage(offset: 0, reason: .tooLong(limit: 1_024)))
    let plans = Log.plans(rest).count
    #expect(events.dropFirst().compactMap(\.plan).count == plans && events.count == plans + 1)
  }

  static let headless = Log.message.replacing("duration", with: "durat?on")

  @Test(arguments: [
    (Log.entry(prefix, message: headless), Log.entry(prefix, message: "x")),
    (CSVLogTests.record(message: headless), CSVLogTests.record(message: "x")),
    (JSONLogTests.object(headless), JSONLogTests.object("x")),
  ])
  func reportsAPlanWhoseFirstLineIsDamaged(_ entry: String, _ other: String) throws {
    let events = Log.events(other + entry + other)
    let damage = try #require(events.first?.damage)
    #expect(damage.reason == .headless && events.count == 1)
    #expect(damage.offset >= other.utf8.count && damage.offset < (other + entry).utf8.count)
  }

  @Test func knowsThatTheLastLineHasNoEnd() {
    let events = Log.events(String(Log.entry(Self.prefix).dropLast(5)))
    #expect(events.compactMap(\.plan).map(\.isCutOff) == [true])
  }

  @Test func keepsABoundedNumberOfEntriesOpen() {
    let starts = (0..<200).map {
      "Nov 22 21:04:05 db1 postgres[\($0)]: [1-1] LOG:  duration: 1.5 ms  plan:\n"
    }
    let events = Log.events(starts.joined())
    #expect(events.count == 200)
    #expect(events.allSatisfy { $0.damage?.reason == .endsEarly })
  }
}
