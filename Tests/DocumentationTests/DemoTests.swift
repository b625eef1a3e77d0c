import Foundation
import Testing

@testable import plandx

@Suite struct DemoTests {
  @Test func loadsTheSchemaOfTheSamples() throws {
    let schema = try String(
      contentsOf: Repository.root.appending(path: "Samples/shop-schema.sql"), encoding: .utf8)
    #expect(schema == DemoCase.schema + "\n")
  }

  @Test func analyzesTheStatementOfTheFirstSample() throws {
    let sample = Repository.root.appending(path: "Samples/returns-desk/statement.sql")
    #expect(try String(contentsOf: sample, encoding: .utf8) == DemoCase.query + "\n")
  }

  @Test func keepsAFileThatIsNoReportOfTheDemo() async throws {
    let sample = Repository.root.appending(path: "Samples/returns-desk")
    let folder = try TemporaryFolder(copyOf: ["plan.txt"], in: sample)
    let run = try await Plandx.run("demo", "-o", "plan.txt", in: folder.url)
    #expect(run.status == 73)
    #expect(
      run.output
        == "plandx: plan.txt is not replaced: it is not a report of plandx; use --force or another file")
  }

  @Test func saysWhatToDoWhereNoServerIsInstalled() async throws {
    let folder = try TemporaryFolder(copyOf: [], in: Repository.root)
    let run = try await Plandx.run("demo", in: folder.url, environment: ["PLANDX_PG_BINDIR=/nowhere"])
    #expect(run.status == 69)
    let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix("plandx demo: ") }
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("plandx: no PostgreSQL server is installed: ") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}
