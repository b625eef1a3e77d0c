import Foundation
import Testing
import ThrowawayServer

/// A report grows by what a change did; what stands in it is never touched.
@Suite(.serialized) struct ReassessTests {
  private static let script = """
    CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL, note text NOT NULL);
    INSERT INTO orders
      SELECT i, CASE WHEN i % 500 = 0 THEN 'open' ELSE 'done' END, repeat('x', 100) FROM generate_series(1, 50000) i;
    ANALYZE;
    """

  @Test func appendsAnAddendumForEveryRun() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: Self.script)
    let connection = ["-d", database.connectionString]
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let analyzed = try await Plandx.run(
        ["analyze", "-o", file] + connection + ["SELECT id FROM orders WHERE status = 'open'"])
      #expect(analyzed.status == 0)
      #expect(chmod(file, 0o640) == 0)
      let original = try folder.text("report.md")
      let advice = try #require(
        original.split(separator: "\n").first { $0.hasPrefix("CREATE INDEX CONCURRENTLY ") })
      try await database.run(sql: String(advice))

      let first = try await Plandx.run(["reassess", file] + connection)
      #expect(first.errors == "plandx: addendum written to \(file)\n")
      #expect(first.status == 0 && first.output.isEmpty)
      let once = try folder.text("report.md")
      #expect(once.hasPrefix(original))
      #expect(once.dropFirst(original.count).contains("\n## Addendum: After-Change Performance\n"))
      #expect(once.contains("**Change applied:** index `orders_status_idx` appeared"))
      #expect(once.contains("- Finding 1: resolved"))
      #expect(once.contains("| Result Set | 100 rows | 100 rows | Unchanged: row count unchanged |"))

      let second = try await Plandx.run(["reassess", file, "--change", "none | yet"] + connection)
      #expect(second.status == 0)
      let twice = try folder.text("report.md")
      #expect(twice.hasPrefix(once))
      #expect(twice.contains("\n## Addendum 2: After-Change Performance\n"))
      #expect(twice.contains("**Change applied:** none | yet"))

      #expect(try await Plandx.run(["check", file]).status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try folder.names() == ["report.md"])
      let kept = try await Plandx.run(
        ["analyze", "-o", file] + connection + ["SELECT id FROM orders WHERE status = 'open'"])
      #expect(
        kept.errors == "plandx: \(file) is not replaced: it has an addendum; use --force or another file\n")
      #expect(kept.status == 73)
    }
  }

  @Test func saysInBoldThatTheResultChanged() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: Self.script)
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let connection = ["-d", database.connectionString]
      _ = try await Plandx.run(
        ["analyze", "-o", file] + connection + ["SELECT id FROM orders WHERE status = 'open'"])
      try await database.run(sql: "DELETE FROM orders WHERE id % 1000 = 0")
      #expect(try await Plandx.run(["reassess", file] + connection).status == 0)
      #expect(try folder.text("report.md").contains("| Result Set | 100 rows | 50 rows | Diff"))
      #expect(
        try folder.text("report.md").contains("Impact:** Not comparable — the result row count changed"))
      #expect(try await Plandx.run(["check", file]).status == 0)
    }
  }

  @Test func takesANewPlanFromAFile() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let plan = try folder.file("new.txt", Pasted.slowJoin.replacing("45", with: "5").utf8)
      #expect(try await Plandx.run(["offline", "-o", file], input: Pasted.slowJoin).status == 0)
      let withoutDatabase = try await Plandx.run(["reassess", file])
      #expect(
        withoutDatabase.errors
          == "plandx: \(file): the report has no statement; give the new plan with --plan FILE\n")
      #expect(withoutDatabase.status == 65)
      #expect(try await Plandx.run(["reassess", file, "--plan", plan]).status == 0)
      #expect(
        try folder.text("report.md").contains("| Execution Time | 45,182.117 ms | 5,182.117 ms | 88.5% ↓ |"))
      #expect(try await Plandx.run(["check", file]).status == 0)
    }
  }

  /// A finding that a change did not touch is no finding of a failed run: nothing may be half-written.
  @Test func leavesTheReportAloneWhenTheServerIsNotThere() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      _ = try await Plandx.run(["analyze", "-o", file] + Shop.options() + [Shop.join])
      let before = try folder.text("report.md")
      #expect(try await Plandx.run(["reassess", "-h", folder.path, file]).status == 69)
      #expect(try folder.text("report.md") == before)
      #expect(try folder.names() == ["report.md"])
    }
  }

  @Test func refusesWhatIsNoReport() async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("notes.md", "# Notes\n".utf8)
      for command in ["reassess", "check"] {
        let run = try await Plandx.run([command, file])
        #expect(run.status == (command == "check" ? 1 : 65))
      }
      #expect(try folder.text("notes.md") == "# Notes\n")
    }
  }

  @Test(arguments: [
    ("## Evidence\n", "## Proof\n"), ("**Applies to:** Original Query\n", ""), ("## Summary\n", ""),
    ("Preview Only - not for distribution\n", ""), ("#### Why it happened\n", "#### Why\n"),
    ("| Planning Time |", "| Planning |"), ("## Next Steps\n", "## Steps\n"),
    ("### Redundant Predicate Test Results\n", ""), ("CREATE INDEX CONCURRENTLY", "CREATE INDEX ASYNC"),
  ])
  func seesThatAReportIsDamaged(_ words: String, _ damage: String) async throws {
    let report = try await Self.report.value
    try await Scratch.withFolder { folder in
      let damaged = report.replacing(words, with: damage)
      #expect(damaged != report)
      let file = try folder.file("report.md", damaged.utf8)
      let run = try await Plandx.run(["check", file])
      #expect(run.status == 1)
      #expect(run.errors.isEmpty)
      let lines = run.output.split(separator: "\n")
      #expect(!lines.isEmpty)
      #expect(lines.allSatisfy { $0.hasPrefix("\(file):") })
    }
  }

  private static let report = Task {
    try await Plandx.run(["analyze"] + Shop.options() + [Shop.join]).output
  }
}
