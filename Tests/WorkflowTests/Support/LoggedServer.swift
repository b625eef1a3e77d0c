import Foundation
import Postgres
import Synchronization
import Testing

@testable import ThrowawayServer

/// A server that logs every statement: what plandx really sent is read from there.
enum LoggedServer {
  private static let starting = Task {
    try await ThrowawayServer.start(settings: [
      "log_statement": "all", "log_line_prefix": "@%a|", "log_min_messages": "log",
      "max_connections": "200",
    ])
  }
  private static let count = Mutex(0)

  static func server() async throws -> ThrowawayServer { try await starting.value }

  /// An empty database, or one that a script has filled.
  static func makeDatabase(script: String = "") async throws -> ThrowawayDatabase {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let database = ThrowawayDatabase(server: try await server(), name: "logged_\(number)")
    try await database.server.run(sql: "CREATE DATABASE \(database.name)")
    if !script.isEmpty { try await database.run(sql: script) }
    return database
  }

  /// What sessions of a name sent, in order.
  ///
  /// The log is large, and what is asked for is little of it. Databases in other encodings log in theirs.
  static func entries(of name: String) async throws -> [LogEntry] {
    let log = try Data(contentsOf: URL(filePath: await server().logFile))
    let newline = UInt8(ascii: "\n")
    let logEnd = log.last == newline ? log.endIndex - 1 : log.endIndex
    let mark = Data("@plandx/\(name)|".utf8)
    var entries: [LogEntry] = []
    var rest = log[...]
    while let start = rest.range(of: mark) {
      let end = rest[start.upperBound...].range(of: Data("\n@".utf8))?.lowerBound ?? logEnd
      let isEntry = start.lowerBound == log.startIndex || log[start.lowerBound - 1] == newline
      if isEntry, let entry = LogEntry(String(decoding: log[start.lowerBound..<end], as: UTF8.self)) {
        entries.append(entry)
      }
      rest = rest[max(end, start.upperBound)...]
    }
    return entries
  }
}

/// One entry of the server's log.
struct LogEntry: Equatable {
  /// `plandx/…`
  var application: String
  /// `LOG`, `DETAIL`, `WARNING`
  var kind: String
  var text: String

  init?(_ entry: String) {
    let fields = entry.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    guard fields.count == 2, let colon = fields[1].range(of: ":  ") else { return nil }
    application = String(fields[0].drop { $0 == "@" })
    (kind, text) = (String(fields[1][..<colon.lowerBound]), String(fields[1][colon.upperBound...]))
  }

  /// The statement that was run; `nil` for entries of other kinds.
  var sql: String? {
    let beginning = "execute <unnamed>: "
    guard kind == "LOG", text.hasPrefix(beginning) else { return nil }
    return String(text.dropFirst(beginning.count)).replacing("\n\t", with: "\n")
  }
}

/// A session on a database whose statements can be told from all others in the log.
struct LoggedSession {
  let session: Session
  let name: String

  private static let count = Mutex(0)

  init(_ database: ThrowawayDatabase, role: String = "postgres") async throws {
    name = Self.count.withLock { count in
      count += 1
      return "session-\(count)"
    }
    let settings = ConnectionSettings(
      database: database.connectionString.replacing("user=postgres", with: "user=\(role)"), version: name)
    session = try await Session.connect(settings)
  }

  func entries() async throws -> [LogEntry] { try await LoggedServer.entries(of: name) }

  /// Every statement sent so far.
  func statements() async throws -> [String] { try await entries().compactMap(\.sql) }
}
