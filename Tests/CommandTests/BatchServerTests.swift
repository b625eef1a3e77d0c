import Foundation
import Testing

@testable import ThrowawayServer

/// What one server writes to its three kinds of log, read by the built command.
@Suite struct BatchServerTests {
  private static let settings = [
    "logging_collector": "on", "log_destination": "stderr,csvlog,jsonlog", "log_filename": "server.log",
    "log_directory": "logs", "log_line_prefix": "%m [%p] %q%u@%d ",
    "session_preload_libraries": "auto_explain", "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on", "auto_explain.log_nested_statements": "on", "compute_query_id": "on",
    "autovacuum": "off",
  ]

  private static let schema = """
    LOAD 'auto_explain';
    SET auto_explain.log_min_duration = -1;
    CREATE TABLE t AS SELECT i, 'name' || i AS name FROM generate_series(1, 2000) i;
    ANALYZE t;
    CREATE FUNCTION below(int) RETURNS bigint LANGUAGE plpgsql AS
      $$ DECLARE c bigint; BEGIN SELECT count(*) INTO c FROM t WHERE i < $1; RETURN c; END $$;
    """

  /// Constants with everything that a form of log has to quote.
  private static let statements = """
    SELECT count(*) FROM t WHERE name = 'the "secret", with ''quotes''
    \tand a tab';
    SELECT below(500);
    SELECT a.i FROM t a JOIN t b USING (i) WHERE b.name LIKE 'secret%' ORDER BY a.name DESC LIMIT 3;
    SET auto_explain.log_format = json;
    SELECT count(*) FROM t WHERE name = 'the \\secret "JSON"';
    SET auto_explain.log_format = yaml;
    SELECT count(*) FROM t WHERE name = 'the "secret": - YAML, with ''quotes''
    \tand a tab';
    SET auto_explain.log_format = xml;
    SELECT count(*) FROM t WHERE name = 'the <secret> & "XML"
    \tand a tab';
    SELECT 1 / 0;

    """

  /// The folder of the logs of a server that sessions have worked on, all at the same time.
  private static func withLogs(
    of sessions: [String], _ body: @Sendable (URL) async throws -> Void
  ) async throws {
    try await ThrowawayServer.withServer(settings: settings) { server in
      try await server.run(sql: schema)
      try await withThrowingTaskGroup { group in
        for session in sessions {
          group.addTask { _ = try? await server.run(sql: session) }
        }
        try await group.waitForAll()
      }
      let logs = URL(fileURLWithPath: "\(server.dataDirectory)/logs")
      try await Scratch.withFolder { folder in
        for name in try logs.names() {
          try await Self.copyWhenComplete(logs.appending(path: name), to: folder.appending(path: name))
        }
        try await body(folder)
      }
    }
  }

  /// The collector writes when it comes to it: until a file does not grow any more.
  private static func copyWhenComplete(_ log: URL, to copy: URL) async throws {
    var size = -1
    for _ in 0..<100 {
      let now = try Data(contentsOf: log).count
      if now == size, now > 0 { break }
      size = now
      try await Task.sleep(for: .milliseconds(200))
    }
    try FileManager.default.copyItem(at: log, to: copy)
  }

  @Test func readsTheSamePlansOutOfAllThreeForms() async throws {
    try await Self.withLogs(of: [Self.statements]) { folder in
      var readings: [[BatchLineValue]] = []
      for name in ["server.log", "server.csv", "server.json"] {
        let run = try await Plandx.run(["batch", folder.appending(path: name).path])
        #expect(run.status == 0 && run.errors.hasPrefix("plandx: 7 plans, "), "\(name): \(run.errors)")
        #expect(!run.output.contains("secret"))
        readings.append(try BatchLineValue.lines(of: run.output))
      }
      try await Self.cutInTheLastPlan(of: folder, readings.compactMap(\.last?.offset))
      #expect(readings[0].map(\.execution) == readings[1].map(\.execution))
      #expect(readings[1].map(\.execution) == readings[2].map(\.execution))
      #expect(readings[1].map(\.query_id) == readings[2].map(\.query_id))
      // The nested statement comes before the one that called it.
      #expect(
        readings[0].map(\.shape) == [
          "Aggregate(Seq Scan t)", "Aggregate(Seq Scan t)", "Result",
          "Limit(Sort(Hash Join(Seq Scan a, Seq Scan b)))", "Aggregate(Seq Scan t)",
          "Aggregate(Seq Scan t)", "Aggregate(Seq Scan t)",
        ])
      #expect(readings[0].map(\.format) == ["text", "text", "text", "text", "json", "yaml", "xml"])
      // The same statement but for its constant.
      for index in [0, 4, 5, 6] {
        #expect(readings[0][index].fingerprint == readings[0][0].fingerprint)
        #expect(readings[0][index].plan_id == readings[0][0].plan_id && readings[0][index].nodes == 2)
      }
      #expect(readings[0].first?.database == "postgres" && readings[0].first?.pid != nil)
    }
  }

  /// A server that is killed while it writes leaves the start of an entry behind.
  private static func cutInTheLastPlan(of folder: URL, _ offsets: [Int]) async throws {
    for (name, offset) in zip(["server.log", "server.csv", "server.json"], offsets) {
      let log = try Data(contentsOf: folder.appending(path: name))
      for length in [90, 300, 500] {
        let cut = try folder.file("cut", log.prefix(offset + length))
        let run = try await Plandx.run(["batch", cut])
        #expect(try BatchLineValue.lines(of: run.output).count == 6, "\(name), \(length): \(run.errors)")
        // Of the shortest nothing says yet that a plan was to come.
        #expect(run.status == 0 && (length == 90 || run.firstError.contains(", byte \(offset): ")))
      }
    }
  }

  @Test func keepsSessionsApartThatRunAtTheSameTime() async throws {
    let session = String(
      repeating: "SELECT count(*) FROM t a, t b WHERE a.i = b.i AND a.name <> 'x';\n", count: 20)
    try await Self.withLogs(of: [String](repeating: session, count: 6)) { folder in
      for name in ["server.log", "server.csv", "server.json"] {
        let run = try await Plandx.run(["batch", folder.appending(path: name).path])
        let lines = try BatchLineValue.lines(of: run.output)
        #expect(run.status == 0 && lines.count == 120, "\(name): \(run.errors)")
        #expect(Set(lines.map(\.pid)).count == 6)
        #expect(Set(lines.map(\.shape)).count == 1)
      }
    }
  }

  /// Any setting of `log_line_prefix` that the server itself fills in.
  @Test(arguments: ["", "%t:%r:%u@%d:[%p]:", "%n %c %l %x ", "%m [%p] %a %b %v "])
  func readsPrefixesOfARealServer(_ prefix: String) async throws {
    var settings = Self.settings
    settings["logging_collector"] = "off"
    settings["log_destination"] = "stderr"
    settings["log_line_prefix"] = prefix
    try await ThrowawayServer.withServer(settings: settings) { server in
      try await server.run(sql: Self.schema)
      _ = try? await server.run(sql: Self.statements)
      // A copy: what the tests' own watch over the server does is logged as well.
      try await Scratch.withFolder { folder in
        let log = folder.appending(path: "log")
        try await Self.copyWhenComplete(URL(fileURLWithPath: server.logFile), to: log)
        let run = try await Plandx.run(["batch", log.path])
        let lines = try BatchLineValue.lines(of: run.output)
        #expect(run.status == 0 && lines.count == 7, "\(prefix): \(run.errors)")
      }
    }
  }
}

/// A line of output.
struct BatchLineValue: Decodable {
  struct Finding: Decodable {
    var rule: String
    var severity: String
    var title: String
    var impact_ms: Double?
    var share: Double
    var nodes: [String]
  }

  var file: String
  var offset: Int
  var time: String?
  var pid: Int?
  var database: String?
  var user: String?
  var fingerprint: String?
  var query_id: String?
  var plan_id: String
  var duration_ms: Double?
  var planning_ms: Double?
  var execution_ms: Double?
  var nodes: Int
  var shape: String
  var format: String
  var query: String?
  var parameters: String?
  var findings: [Finding]

  /// What does not depend on the form of the log.
  var execution: [String] {
    [
      time, pid.map { "\($0)" }, database, user, fingerprint, plan_id, duration_ms.map { "\($0)" },
      "\(nodes)", shape,
      format, query, findings.map(\.title).joined(),
    ].map { $0 ?? "" }
  }

  static func lines(of output: String) throws -> [BatchLineValue] {
    try output.split(separator: "\n").map {
      try JSONDecoder().decode(BatchLineValue.self, from: Data($0.utf8))
    }
  }
}
