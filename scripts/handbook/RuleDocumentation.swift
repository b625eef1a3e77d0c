import Foundation

/// The manual page of one rule: the doc comment of its declaration.
struct RuleDocumentation: Equatable {
  /// The headings that every rule has below its first sentence, in this order.
  static let headings = [
    "Why it matters", "Formula", "Thresholds", "Silent when", "Remedies", "Known limits",
  ]

  struct Section: Equatable {
    var heading: String
    /// Lines of Markdown, without blank ones at either end.
    var lines: [String]
  }

  /// The declared type's name.
  let name: String
  /// The file, from the package's root.
  let path: String
  /// What it finds: the first paragraph.
  let summary: String
  let sections: [Section]

  /// The rule that a file declares; `nil` when it declares none.
  init?(source: String, path: String) {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let declaration = lines.firstIndex(where: Self.declaresRule) else { return nil }
    let comment = Self.comment(above: declaration, in: lines)
    let starts = comment.indices.filter { comment[$0].hasPrefix("## ") }
    let ends = starts.dropFirst() + [comment.endIndex]
    self.name = lines[declaration].split(whereSeparator: { " :".contains($0) }).map(String.init)[2]
    self.path = path
    self.summary = comment[..<(starts.first ?? comment.endIndex)].filter { !$0.isEmpty }.joined(
      separator: " ")
    self.sections = zip(starts, ends).map { start, end in
      Section(heading: String(comment[start].dropFirst(3)), lines: Self.trimmed(comment[(start + 1)..<end]))
    }
  }

  private static func declaresRule(_ line: String) -> Bool {
    line.hasPrefix("public struct ") && line.hasSuffix(": Rule {")
  }

  private static func comment(above declaration: Int, in lines: [String]) -> [String] {
    let reversed = lines[..<declaration].reversed().prefix { $0.hasPrefix("///") }
    return reversed.reversed().map { String($0.dropFirst($0.hasPrefix("/// ") ? 4 : 3)) }
  }

  private static func trimmed(_ lines: ArraySlice<String>) -> [String] {
    let leading = lines.drop { $0.isEmpty }
    return Array(leading.reversed().drop { $0.isEmpty }.reversed())
  }

  /// What the page of this rule lacks.
  var complaints: [String] {
    var found: [String] = []
    let file = path.split(separator: "/").last.map(String.init) ?? path
    if file != "\(name).swift" { found.append("the rule \(name) is declared in \(file)") }
    if !summary.hasPrefix("Finds ") || !summary.hasSuffix(".") {
      found.append("its first paragraph is no sentence that begins with 'Finds'")
    }
    if sections.map(\.heading) != Self.headings {
      found.append("its headings are not \(Self.headings.joined(separator: ", "))")
    }
    found += sections.filter(\.lines.isEmpty).map { "nothing is said under '\($0.heading)'" }
    return found.map { "\(path): \($0)" }
  }

  /// The rule's part of the page.
  var markdown: String {
    let parts = sections.map { "### \($0.heading)\n\n\($0.lines.joined(separator: "\n"))" }
    return (["## \(name)", summary] + parts + ["Source: [`\(path)`](../\(path))"]).joined(separator: "\n\n")
  }
}
