import ThrowawayServer

/// Execution times of a statement with warm caches, by EXPLAIN without per-node timing.
struct WarmRuns {
  let database: ThrowawayDatabase
  let query: String

  static let count = 5

  /// Median of five runs after one to warm up, in milliseconds; nothing that was done in it stays.
  func median(after preparation: String = "") async throws -> Double {
    let run = "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) \(query);\n"
    // Savepoints undo what an UPDATE or DELETE changed, so that each run finds the same rows.
    let once = "SAVEPOINT one;\n\(run)ROLLBACK TO one;\n"
    let script =
      "BEGIN;\n\(preparation)\n" + String(repeating: once, count: Self.count + 1) + "ROLLBACK;\n"
    let output = try await database.run(sql: script)
    let times = output.split(separator: "\n").compactMap { line in
      line.hasPrefix("Execution Time: ") ? Double(line.dropFirst(16).dropLast(3)) : nil
    }
    return times.dropFirst().sorted()[Self.count / 2]
  }
}
