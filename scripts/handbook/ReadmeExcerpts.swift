import Foundation

/// The excerpts in README.md: parts of files in Samples, between two comments.
///
///     <!-- excerpt: Samples/returns-desk/report.md, from '### Finding 1' to '### Finding 2' -->
///     <!-- end of excerpt -->
///
/// The second pattern is the beginning of the first line that is left out.
struct ReadmeExcerpts {
  /// The command that writes them.
  static let command = "scripts/update-readme"
  private static let endMark = "<!-- end of excerpt -->"

  private let root: URL
  /// README.md as it is in the repository.
  let recorded: String

  /// Reads README.md at a root.
  init(in root: URL) throws {
    self.root = root
    self.recorded = try RulesPage.text(of: root.appending(path: "README.md"))
  }

  /// README.md with every excerpt as its source has it.
  func updated() throws -> String {
    var lines: [String] = []
    var isInside = false
    for line in recorded.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == Self.endMark { isInside = false }
      if !isInside { lines.append(line) }
      guard let excerpt = Excerpt(mark: line) else { continue }
      isInside = true
      lines += ["", "~~~markdown"] + (try excerpt.lines(below: root)) + ["~~~", ""]
    }
    guard !isInside else { throw HandbookError("README.md: an excerpt has no '\(Self.endMark)'") }
    return lines.joined(separator: "\n")
  }

  /// Writes README.md.
  func write() throws {
    try Data(try updated().utf8).write(to: root.appending(path: "README.md"))
  }
}

/// Lines of a file, from one beginning to another.
struct Excerpt {
  let path: String
  let first: String
  let end: String

  /// An excerpt as its comment names it; `nil` for other lines.
  init?(mark: String) {
    guard mark.hasPrefix("<!-- excerpt: "), mark.hasSuffix("' -->") else { return nil }
    let words = mark.dropFirst(14).dropLast(5)
    let parts = words.components(separatedBy: ", from '").flatMap { $0.components(separatedBy: "' to '") }
    guard parts.count == 3 else { return nil }
    (path, first, end) = (parts[0], parts[1], parts[2])
  }

  /// The lines, without blank ones at the end.
  func lines(below root: URL) throws -> [String] {
    let text = try RulesPage.text(of: root.appending(path: path))
    let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = all.firstIndex(where: { $0.hasPrefix(first) }),
      let stop = all[(start + 1)...].firstIndex(where: { $0.hasPrefix(end) })
    else { throw HandbookError("\(path): no lines from '\(first)' to '\(end)'") }
    return Array(all[start..<stop].reversed().drop { $0.isEmpty }.reversed())
  }
}
