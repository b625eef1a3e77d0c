import ThrowawayServer

/// How long a statement takes with warm caches: planning, execution and the result's way to the client.
struct WarmRuns {
  let database: ThrowawayDatabase
  let query: String

  static let count = 5
  /// What takes longer after a change than any case takes before it is no cure.
  private static let longestRun = "60s"

  /// Median of five runs after one to warm up, in milliseconds, in a session that was prepared by statements of
  /// any kind; nothing that the runs did stays.
  func median(after preparation: String = "") async throws -> Double {
    // Savepoints undo what an UPDATE or DELETE changed, so that each run finds the same rows.
    let once = "SAVEPOINT one;\n\\timing on\n\(query)\n;\n\\timing off\nROLLBACK TO one;\n"
    let script =
      "\(preparation)\nSET statement_timeout = '\(Self.longestRun)';\n\\o /dev/null\nBEGIN;\n"
      + String(repeating: once, count: Self.count + 1) + "ROLLBACK;\n"
    let output = try await database.run(sql: script)
    let times = output.split(separator: "\n").compactMap { line in
      line.hasPrefix("Time: ") ? line.split(separator: " ").dropFirst().first.flatMap { Double($0) } : nil
    }
    return times.dropFirst().sorted()[Self.count / 2]
  }
}
