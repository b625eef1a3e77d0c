import Foundation
import Testing

/// The cases in Samples: what this build makes of them, with the built binary.
@Suite struct SampleTests {
  static let names = ["dsql-timeline", "returns-desk", "returns-export"]

  @Test func listsEveryFolderOfSamples() throws {
    let entries = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appending(path: "Samples").path)
    #expect(entries.filter { !$0.contains(".") }.sorted() == Self.names)
  }

  @Test(arguments: names)
  func makesTheSameReportAgain(_ name: String) async throws {
    let sample = Repository.root.appending(path: "Samples/\(name)")
    let folder = try TemporaryFolder(copyOf: ["plan.txt", "statement.sql"], in: sample)
    let run = try await Plandx.run(
      "offline", "plan.txt", "--sql", "statement.sql", "-o", "report.md", "-q", in: folder.url)
    #expect(run.status == 0, "\(run.output)")
    let made = try String(contentsOf: folder.url.appending(path: "report.md"), encoding: .utf8)
    let recorded = try String(contentsOf: sample.appending(path: "report.md"), encoding: .utf8)
    #expect(
      made == recorded, "Samples/\(name)/report.md is stale: run scripts/update-readme, and read what changed"
    )
  }

  @Test(arguments: names)
  func passesItsOwnCheck(_ name: String) async throws {
    let run = try await Plandx.run(
      "check", "report.md", in: Repository.root.appending(path: "Samples/\(name)"))
    #expect(run.status == 0, "\(run.output)")
  }

  @Test func followsThe30SecondRuleForTheLongRun() throws {
    let report = Repository.root.appending(path: "Samples/returns-export/report.md")
    let text = try String(contentsOf: report, encoding: .utf8)
    #expect(text.contains("exceeds 30-second threshold"))
    #expect(text.contains("SET enable_hashjoin = off;"))
  }
}

/// A folder that goes with its value.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "plandx-sample-\(UUID().uuidString)")

  init(copyOf names: [String], in source: URL) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for name in names {
      try FileManager.default.copyItem(at: source.appending(path: name), to: url.appending(path: name))
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
