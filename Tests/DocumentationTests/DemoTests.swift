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
}
