import Foundation

@testable import ThrowawayServer

/// A Markdown text as a reader's program sees it: read by the reference implementation.
struct CommonMark {
  /// Names of the elements in the order of the text: `heading`, `table`, `code_block`, `html_inline`, …
  let elements: [String]
  /// The text of the headings of the second level.
  let sections: [String]

  init(_ markdown: String) throws {
    let program = Program(path: "/usr/bin/cmark-gfm", arguments: ["-e", "table", "-t", "xml"])
    let xml = try program.output(input: markdown)
    elements = xml.matches(of: #/<([a-z_]+)[ >\/]/#).map { String($0.1) }
    sections = xml.matches(of: #/(?s)<heading level="2">(.*?)<\/heading>/#).map { heading in
      heading.1.replacing(#/<[^>]*>/#, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// The blocks that a report is made of, in order.
  var blocks: [String] {
    elements.filter { ["heading", "table", "code_block", "list", "html_block", "block_quote"].contains($0) }
  }

  func count(_ element: String) -> Int { elements.count { $0 == element } }
}
