import Diagnosis
import Foundation

/// The page `docs/rules.md`: every rule of the registry, in its order.
struct RulesPage {
  /// The command that writes the page.
  static let command = "scripts/generate-rules"
  private static let folder = "Sources/Diagnosis/Rules"

  let rules: [RuleDocumentation]
  private let file: URL

  /// Reads the rules of the package at a root.
  init(sourcesOf root: URL) throws {
    let names = RuleRegistry.rules.map { type(of: $0).name.text }
    let order = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    self.file = root.appending(path: "docs/rules.md")
    self.rules = try Self.sourceFiles(below: root).compactMap { path in
      RuleDocumentation(source: try Self.text(of: root.appending(path: path)), path: path)
    }.sorted { (order[$0.name] ?? .max, $0.name) < (order[$1.name] ?? .max, $1.name) }
  }

  private static func sourceFiles(below root: URL) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
  }

  static func text(of file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// Rules without a page, pages without a rule, and pages that lack something.
  var complaints: [String] {
    let registered = Set(RuleRegistry.rules.map { type(of: $0).name.text })
    let documented = Set(rules.map(\.name))
    let unregistered = documented.subtracting(registered).sorted().map { "\($0) is not in RuleRegistry" }
    let missing = registered.subtracting(documented).sorted().map {
      "\($0) has no file of its own in \(Self.folder)"
    }
    return unregistered + missing + rules.flatMap(\.complaints)
  }

  /// The page's text.
  var markdown: String {
    let rows = rules.map { "| [\($0.name)](#\($0.name.lowercased())) | \($0.summary) |" }
    let head = """
      # Rules

      Made from the doc comments of `\(Self.folder)` by `\(Self.command)`: edit those, not this page.

      | Rule | What it finds |
      |---|---|
      \(rows.joined(separator: "\n"))
      """
    return ([head] + rules.map(\.markdown)).joined(separator: "\n\n") + "\n"
  }

  /// The page as it is in the repository.
  func recorded() throws -> String { try Self.text(of: file) }

  /// Writes the page.
  ///
  /// - Throws: the first complaint, before anything is written.
  func write() throws {
    if let complaint = complaints.first { throw HandbookError(complaint) }
    try Data(markdown.utf8).write(to: file)
  }
}
