import Foundation
import Testing

/// A file of real server output.
struct Fixture: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var testDescription: String { name }

  /// The files of a folder below `Fixtures`, by name.
  static func all(_ folder: String) throws -> [Fixture] {
    let directory = Bundle.module.resourceURL!.appending(path: "Fixtures/\(folder)")
    return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { Fixture(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
  }

  static func named(_ path: String) throws -> Fixture {
    let url = Bundle.module.resourceURL!.appending(path: "Fixtures/\(path)")
    return Fixture(name: url.lastPathComponent, text: try String(contentsOf: url, encoding: .utf8))
  }
}
