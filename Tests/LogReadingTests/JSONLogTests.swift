import Testing

@testable import LogReading

@Suite struct JSONLogTests {
  static func quoted(_ text: String) -> String {
    let escapes = [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\t", "\\t")]
    return "\"" + escapes.reduce(text) { $0.replacing($1.0, with: $1.1) } + "\""
  }

  /// PostgreSQL 15 and later.
  static func object(_ message: String = Log.message) -> String {
    """
    {"timestamp":"2026-11-22 21:04:05.123 UTC","user":"app","dbname":"shop","pid":4711,"session_id":\
    "65a1b2c3.1267","line_num":3,"error_severity":"LOG","message":\(quoted(message)),"query_id":-77}\n
    """
  }

  static let line = "2026-11-22 21:04:05.123 UTC [4711]: [5-1] db=shop,user=app "
  static let entry = Log.entry(line)
  static let byLine = entry.split(separator: "\n").map(String.init)

  @Test func readsJsonlog() throws {
    let log = Self.object("checkpoint") + Self.object() + Self.object("checkpoint")
    let plan = try #require(Log.plans(log).first)
    #expect(plan.text == Log.body && plan.duration == 12.345)
    #expect(plan.offset == Self.object("checkpoint").utf8.count)
    #expect(
      plan.origin
        == LogOrigin(
          time: "2026-11-22 21:04:05.123 UTC", processID: 4711, user: "app", database: "shop",
          queryIdentifier: "-77"))
  }

  static let exports: [(String, String)] = [
    (
      "Cloud SQL, a message each",
      "[\n  {\n    \"textPayload\": \(quoted(entry)),\n    \"insertId\": \"x\"\n  }\n]\n"
    ),
    (
      "Cloud SQL, a line each",
      byLine.map { "{\"textPayload\":\(quoted($0)),\"timestamp\":\"T\"}\n" }.joined()
    ),
    (
      "CloudWatch, a message each",
      "{\n  \"events\": [\n    {\n      \"message\": \(quoted(entry))\n    }\n  ],\n  \"x\": []\n}\n"
    ),
    (
      "CloudWatch, a line each",
      byLine.map { "{\"logStreamName\":\"db\",\"message\":\(quoted($0))}\n" }.joined()
    ),
    (
      "Docker",
      byLine.map { "{\"log\":\(quoted($0 + "\n")),\"stream\":\"stderr\",\"time\":\"T\"}\n" }.joined()
    ),
    ("Azure", "{\"time\":\"T\",\"properties\":{\"message\":\(quoted(entry))}}\n"),
    ("journald", byLine.map { "{\"MESSAGE\":\(quoted($0)),\"_PID\":\"4711\"}\n" }.joined()),
    (
      "CloudNativePG",
      """
      {"level":"info","msg":"record","record":{"log_time":"2026-11-22 21:04:05.123 UTC","user_name":"app",\
      "database_name":"shop","process_id":"4711","error_severity":"LOG","message":\(quoted(Log.message))}}\n
      """
    ),
  ]

  @Test(arguments: exports) func readsWhatCollectorsExport(_ name: String, _ log: String) {
    let events = Log.events(log + log.replacing("[\n  {", with: "\n{").replacing("}\n]", with: "}"))
    let plans = events.compactMap(\.plan)
    #expect(events.count == 2 && plans.map(\.text) == [Log.body, Log.body], "\(name)")
    #expect(plans.first?.origin.processID == 4711 && plans.first?.origin.user == "app", "\(name)")
  }

  @Test func keepsStreamsApart() {
    let (one, two) = (Self.byLine, Self.byLine)
    let log = zip(one, two).map {
      "{\"logStreamName\":\"a\",\"message\":\(Self.quoted($0))}\n{\"logStreamName\":\"b\",\"message\":\(Self.quoted($1))}\n"
    }.joined()
    #expect(Log.plans(log).map(\.text) == [Log.body, Log.body])
  }

  @Test(arguments: [100, 250, 300]) func goesOnBehindAnObjectThatBreaksOff(_ length: Int) {
    let events = Log.events(Self.object().prefix(length) + "\n" + Self.object())
    #expect(events.compactMap(\.plan).map(\.text) == [Log.body])
    #expect(events.compactMap(\.damage) == [LogDamage(offset: 0, reason: .brokenJSON)])
  }

  @Test func takesAPlanInJSONForNoLog() {
    let plan = "[\n  {\n    \"Plan\": {\n      \"Node Type\": \"Result\"\n    }\n  }\n]\n"
    let events = Log.events(plan + plan)
    #expect(events.compactMap(\.plan).filter(\.isCertain).count == 2)
  }

  /// Docker breaks lines of more than 16 KiB.
  @Test func putsThePartsOfDockersLinesTogether() throws {
    let statement = "SELECT '" + String(repeating: "x", count: 40_000) + "'"
    let body = "Query Text: \(statement)\n\(Log.plan)"
    let entry = Log.entry(Self.line, message: "duration: 12.345 ms  plan:\n" + body)
    let parts = entry.split(separator: "\n").flatMap { line in
      stride(from: 0, to: line.count + 1, by: 16_384).map {
        String((line + "\n").dropFirst($0).prefix(16_384))
      }
    }
    #expect(parts.count { $0.count == 16_384 } == 2)
    let log = parts.map { part in
      "{\"log\":\(Self.quoted(part)),\"stream\":\"stderr\",\"time\":\"T\"}\n"
    }
    #expect(Log.plans(log.joined()).map(\.text) == [body])
  }
}
