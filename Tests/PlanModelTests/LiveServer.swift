import Foundation
import PlanModel
import PlanReading
import ThrowawayServer

/// A statement and the planner settings that bring about the plan it is here for.
struct LiveQuery: Sendable, CustomStringConvertible {
  var description: String
  var settings: [String]
  var sql: String

  init(_ description: String, _ settings: [String] = [], _ sql: String) {
    self.description = description
    self.settings = settings
    self.sql = sql
  }
}

/// One execution in both formats.
struct LivePlan: Sendable {
  var text: String
  var json: String
}

/// A server whose auto_explain writes into the log, in JSON, the execution that EXPLAIN answers in TEXT.
actor LiveServer {
  static let shared = LiveServer()

  private var starting: Task<ThrowawayServer, any Error>?
  private var runs = 0

  /// Runs EXPLAIN ANALYZE and returns what EXPLAIN and auto_explain say about that one execution.
  func explain(_ query: LiveQuery, verbose: Bool = false) async throws -> LivePlan {
    let server = try await server()
    runs += 1
    let tag = "/* run \(runs) */"
    let settings = query.settings + ["auto_explain.log_verbose = \(verbose)"]
    let script = settings.map { "SET \($0);\n" }.joined()
    let text = try await server.run(
      sql: """
        \(script)BEGIN;
        EXPLAIN (ANALYZE, BUFFERS, WAL, SETTINGS, VERBOSE \(verbose)) \(tag) \(query.sql);
        ROLLBACK;
        """)
    return LivePlan(text: text, json: try loggedPlan(tag, of: server))
  }

  /// The entry of the log whose statement bears a tag: tests run side by side.
  private func loggedPlan(_ tag: String, of server: ThrowawayServer) throws -> String {
    let log = try String(contentsOfFile: server.logFile, encoding: .utf8)
    guard let statement = log.range(of: tag, options: .backwards) else { return "" }
    let before = log[..<statement.lowerBound]
    guard let heading = before.range(of: "  plan:\n", options: .backwards) else { return "" }
    return String(log[heading.upperBound...])
  }

  private func server() async throws -> ThrowawayServer {
    if let starting { return try await starting.value }
    let task = Task { try await Self.start() }
    starting = task
    return try await task.value
  }

  private static func start() async throws -> ThrowawayServer {
    let server = try await ThrowawayServer.start(settings: [
      "max_worker_processes": "12", "max_parallel_workers": "8", "jit": "off",
      "track_io_timing": "on", "session_preload_libraries": "auto_explain",
      "auto_explain.log_min_duration": "0", "auto_explain.log_analyze": "on",
      "auto_explain.log_buffers": "on", "auto_explain.log_wal": "on", "auto_explain.log_settings": "on",
      "auto_explain.log_triggers": "on", "auto_explain.log_format": "json",
    ])
    try await server.run(sql: LiveCorpus.schema)
    return server
  }
}

extension ExplainedPlan {
  /// The plan without what only one of EXPLAIN's TEXT and auto_explain's JSON can tell.
  var comparable: ExplainedPlan {
    var plan = self
    plan.planningTime = nil
    plan.executionTime = nil
    plan.planningBuffers = nil
    plan.planningIOTimings = nil
    plan.nodes = nodes.map(\.withoutRoundedZeros)
    return plan
  }
}

extension PlanNode {
  /// The node without what only TEXT tells: that a filter removed rows, but less than half a row per loop.
  var withoutRoundedZeros: PlanNode {
    var node = self
    node.properties.removeAll { $0.key.name.hasPrefix("Rows Removed") && $0.value == "0" }
    return node
  }
}
