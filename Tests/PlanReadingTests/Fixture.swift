import Foundation
import Testing

/// A file of real server output.
struct Fixture: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String

  var stem: String { name.split(separator: ".").first.map(String.init) ?? name }
  var testDescription: String { name }

  /// The files of a folder below `Fixtures`, by name.
  static func all(_ folder: String, extension suffix: String = "txt") throws -> [Fixture] {
    try FileManager.default.contentsOfDirectory(at: url(folder), includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == suffix }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try Fixture(at: $0) }
  }

  /// The file at a path below `Fixtures`.
  static func named(_ path: String) throws -> Fixture { try Fixture(at: url(path)) }

  private init(at url: URL) throws {
    name = url.lastPathComponent
    text = try String(contentsOf: url, encoding: .utf8)
  }

  private static func url(_ path: String) throws -> URL {
    try #require(Bundle.module.resourceURL).appending(path: "Fixtures/\(path)")
  }

  /// A node's line up to its figures.
  static func label(ofLine line: Substring) -> String {
    var label = line.drop { $0 == " " }
    for figures in [" (cost=", " (actual ", " (never executed)", "  ("] {
      // Outside quotes: a name may hold the same words.
      if let start = label.ranges(of: figures).first(where: { range in
        label[..<range.lowerBound].count { $0 == "\"" } % 2 == 0
      }) {
        label = label[..<start.lowerBound]
      }
    }
    while label.last == " " { label.removeLast() }
    return String(label)
  }
}
