import Foundation

@testable import ThrowawayServer

/// A Markdown text as a reader's program sees it: read by the reference implementation.
struct CommonMark {
  /// Names of the elements in the order of the text: `heading`, `table`, `code_block`, `html_inline`, …
  let elements: [String]
  /// The text of the headings.
  let headings: [String]

  init(_ markdown: String) throws {
    let program = Program(path: "/usr/bin/cmark-gfm", arguments: ["-e", "table", "-t", "xml"])
    let xml = try program.output(input: markdown)
    elements = xml.matches(of: #/<([a-z_]+)[ >\/]/#).map { String($0.1) }
    headings = xml.matches(of: #/(?s)<heading level="(\d)">(.*?)<\/heading>/#).map { "\($0.1)\($0.2)" }
  }

  func count(_ element: String) -> Int { elements.count { $0 == element } }
}
