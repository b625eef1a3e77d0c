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

/// One execution in all formats.
struct LivePlan: Sendable {
  var text: String
  var json: String
  var yaml: String
  var xml: String
}

/// A server that tells of one execution in four formats: EXPLAIN answers in TEXT, and auto_explain, loaded three
/// times, writes JSON, YAML and XML into the log.
actor LiveServer {
  static let shared = LiveServer()

  private var starting: Task<(server: ThrowawayServer, preamble: String), any Error>?
  private var runs = 0

  /// Runs EXPLAIN ANALYZE and returns what EXPLAIN and auto_explain say about that one execution.
  func explain(_ query: LiveQuery, verbose: Bool = false) async throws -> LivePlan {
    let (server, preamble) = try await started()
    runs += 1
    let tag = "/* run \(runs) */"
    let verbosity = LoggingLibrary.all.map { "SET \($0.name).log_verbose = \(verbose);\n" }.joined()
    let settings = query.settings.map { "SET \($0);\n" }.joined()
    let before = try logSize(of: server)
    let text = try await server.run(
      sql: """
        \(preamble)\(verbosity)\(settings)BEGIN;
        EXPLAIN (ANALYZE, BUFFERS, WAL, SETTINGS, VERBOSE \(verbose)) \(tag) \(query.sql);
        ROLLBACK;
        """)
    let entries = try Self.entries(of: server, behind: before).filter { $0.contains(tag) }
    func entry(_ start: String) -> String { entries.first { $0.hasPrefix(start) } ?? "" }
    return LivePlan(text: text, json: entry("{"), yaml: entry("Query Text:"), xml: entry("<explain"))
  }

  private func logSize(of server: ThrowawayServer) throws -> UInt64 {
    let log = try FileHandle(forReadingFrom: URL(filePath: server.logFile))
    defer { try? log.close() }
    return try log.seekToEnd()
  }

  /// The plans that were logged since, each without the tabs of its further lines.
  private static func entries(of server: ThrowawayServer, behind offset: UInt64) throws -> [String] {
    let log = try FileHandle(forReadingFrom: URL(filePath: server.logFile))
    defer { try? log.close() }
    try log.seek(toOffset: offset)
    let added = String(decoding: try log.readToEnd() ?? Data(), as: UTF8.self)
    return added.split(separator: "  plan:\n").dropFirst().map { entry in
      entry.split(separator: "\n", omittingEmptySubsequences: false)
        .prefix { $0.hasPrefix("\t") }.map { $0.dropFirst() + "\n" }.joined()
    }
  }

  private func started() async throws -> (server: ThrowawayServer, preamble: String) {
    if let starting { return try await starting.value }
    let task = Task { try await Self.start() }
    starting = task
    return try await task.value
  }

  private static func start() async throws -> (server: ThrowawayServer, preamble: String) {
    let server = try await ThrowawayServer.start(settings: [
      "max_worker_processes": "12", "max_parallel_workers": "8", "jit": "off", "track_io_timing": "on",
    ])
    try await server.run(sql: LiveCorpus.schema(socketDirectory: server.socketDirectory) + SleepCase.schema)
    let folder = try await server.run(sql: "SELECT setting FROM pg_config() WHERE name = 'PKGLIBDIR'")
    let preamble = try LoggingLibrary.all.map {
      try $0.install(from: folder.trimmingCharacters(in: .newlines), in: server.socketDirectory)
    }
    return (server, preamble.joined())
  }
}

/// auto_explain under a name of its own: it has one format per session, so each format needs one.
private struct LoggingLibrary {
  /// As long as the original's name, which stands in the library with its length.
  var name: String
  var format: String

  static let all = [
    LoggingLibrary(name: "json_explain", format: "json"),
    LoggingLibrary(name: "yaml_explain", format: "yaml"),
    LoggingLibrary(name: "xml__explain", format: "xml"),
  ]

  /// Copies the library, its settings renamed, and returns the statements that load it in a session.
  func install(from folder: String, in destination: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    guard let file = names.first(where: { $0.hasPrefix("auto_explain.") }) else {
      throw CocoaError(.fileNoSuchFile)
    }
    var library = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
    while let place = library.firstRange(of: Data("auto_explain".utf8)) {
      library.replaceSubrange(place, with: Data(name.utf8))
    }
    let copy = "\(destination)/\(file.replacing("auto_explain", with: name))"
    try library.write(to: URL(filePath: copy))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: copy)
    return settings.reduce("LOAD '\(copy)';\n") { $0 + "SET \(name).\($1.key) = '\($1.value)';\n" }
  }

  private var settings: [(key: String, value: String)] {
    [
      ("log_min_duration", "0"), ("log_analyze", "on"), ("log_buffers", "on"), ("log_wal", "on"),
      ("log_settings", "on"), ("log_triggers", "on"), ("log_format", format),
    ]
  }
}
