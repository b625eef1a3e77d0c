import Foundation

/// Writes the parts of the documentation that are made from the sources.
///
///     swift run handbook rules     docs/rules.md, from the rules' doc comments
///     swift run handbook readme    the excerpts in README.md, from Samples
@main
enum Handbook {
  static func main() {
    let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    do {
      switch CommandLine.arguments.dropFirst().first {
      case "rules": try RulesPage(sourcesOf: root).write()
      case "readme": try ReadmeExcerpts(in: root).write()
      default: throw HandbookError("usage: swift run handbook rules | readme")
      }
    } catch {
      try? FileHandle.standardError.write(contentsOf: Data("handbook: \(error)\n".utf8))
      exit(1)
    }
  }
}

/// What is wrong with a source of the documentation.
struct HandbookError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
