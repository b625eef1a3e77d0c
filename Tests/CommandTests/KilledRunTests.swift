import Foundation
import Testing

/// kill -9 at any moment: the old report is whole, or the new one is.
@Suite struct KilledRunTests {
  /// A plan whose report takes long enough to write to be killed at it.
  private static func plan(milliseconds: Int) -> String {
    let scans = (1...150).map { number in
      """
        ->  Seq Scan on public.part_\(number)  (cost=0.00..18.50 rows=850 width=36) (actual time=0.010..0.\(100 + number % 800) rows=850 loops=1)
              Output: part_\(number).id, part_\(number).text
      """
    }
    return
      "Append  (cost=0.00..18500.00 rows=510000 width=36) (actual time=0.010..\(milliseconds).000 rows=510000 loops=1)\n"
      + scans.joined(separator: "\n") + "\nPlanning Time: 0.100 ms\nExecution Time: \(milliseconds).500 ms\n"
  }

  /// When to kill a run.
  enum Moment {
    case after(Duration)
    /// As soon as there is a temporary file.
    case whileWriting
  }

  @Test func leavesAWholeReportWheneverItIsKilled() async throws {
    try await Scratch.withFolder { folder in
      let (first, second) = (
        try folder.file("first.txt", Self.plan(milliseconds: 900).utf8),
        try folder.file("second.txt", Self.plan(milliseconds: 800).utf8)
      )
      let reports = folder.appending(path: "reports")
      try FileManager.default.createDirectory(at: reports, withIntermediateDirectories: false)
      let file = reports.appending(path: "report.md").path
      let analyze = ["offline", "-o", file, "--force", second]
      let start = ContinuousClock.now
      #expect(try await Plandx.run(analyze).status == 0)
      let duration = ContinuousClock.now - start
      let new = try reports.text("report.md")
      #expect(try await Plandx.run(["offline", "-o", file, "--force", first]).status == 0)
      let old = try reports.text("report.md")
      #expect(try await Plandx.run(["reassess", file, "--plan", second]).status == 0)
      let appended = try reports.text("report.md")
      for text in [old, new, appended] {
        let path = try folder.file("checked.md", text.utf8)
        #expect(try await Plandx.run(["check", path]).status == 0)
      }

      let moments =
        (0..<20).map { Moment.after(duration * $0 / 18) } + Array(repeating: .whileWriting, count: 22)
      for (number, moment) in moments.enumerated() {
        _ = try reports.file("report.md", old.utf8)
        let isReassessment = number.isMultiple(of: 3)
        try await kill(
          isReassessment ? ["reassess", file, "--plan", second] : analyze, at: moment, in: reports)
        let text = try reports.text("report.md")
        #expect(text == old || text == (isReassessment ? appended : new))
      }
      // The next run takes away what the killed ones left behind.
      #expect(try await Plandx.run(analyze).status == 0)
      #expect(try reports.names() == ["report.md"])
    }
  }

  private func kill(_ arguments: [String], at moment: Moment, in folder: URL) async throws {
    let before = try Self.content(of: folder)
    let invocation = try Invocation(arguments)
    switch moment {
    case .after(let duration): try await Task.sleep(for: duration)
    case .whileWriting:
      let limit = ContinuousClock.now + .seconds(10)
      while try Self.content(of: folder) == before, .now < limit {
        try await Task.sleep(for: .microseconds(100))
      }
    }
    // It was not waited for yet, so its number is still its own.
    Foundation.kill(invocation.process, SIGKILL)
    _ = try await invocation.end()
  }

  /// Names and numbers of the files.
  private static func content(of folder: URL) throws -> [String] {
    try folder.names().map { name in
      var status = stat()
      stat(folder.appending(path: name).path, &status)
      return "\(name) \(status.st_ino)"
    }
  }
}
