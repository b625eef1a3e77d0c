/// A report's text cut at its second-level headings.
struct ReportSections {
  /// What stands before the first second-level heading.
  var preamble: [MarkdownDocument.Block] = []
  /// In the order of the text.
  var sections: [Section] = []

  struct Section {
    /// The heading without its marks.
    var title: String
    /// Line of the heading, from 1.
    var line: Int
    /// All that follows up to the next such heading.
    var blocks: [MarkdownDocument.Block] = []
  }

  init(_ document: MarkdownDocument) {
    for block in document.blocks {
      if case .heading(2, let title) = block.content {
        sections.append(Section(title: title, line: block.line))
      } else if sections.isEmpty {
        preamble.append(block)
      } else {
        sections[sections.count - 1].blocks.append(block)
      }
    }
  }

  subscript(_ title: String) -> Section? { sections.first { $0.title == title } }

  /// Sections that reassessments appended.
  var addenda: [Section] { sections.filter { AddendumHeading.isOne($0.title) } }
}

extension ReportSections.Section {
  /// Tables, each with the line of its header.
  var tables: [(line: Int, table: MarkdownTable)] {
    blocks.compactMap { block in
      if case .table(let table) = block.content { (block.line, table) } else { nil }
    }
  }

  /// Fences of that kind, each with the line of its opening mark; all kinds without one.
  func fences(_ wanted: String? = nil) -> [(line: Int, text: String)] {
    blocks.compactMap { block in
      guard case .fence(let info, let text, _) = block.content, wanted == nil || info == wanted else {
        return nil
      }
      return (block.line, text)
    }
  }

  /// Lines of ordinary text.
  var texts: [(line: Int, text: String)] {
    blocks.compactMap { block in
      if case .text(let text) = block.content { (block.line, text) } else { nil }
    }
  }

  /// Headings of that level.
  func headings(_ level: Int) -> [(line: Int, text: String)] {
    blocks.compactMap { block in
      guard case .heading(level, let text) = block.content else { return nil }
      return (block.line, text)
    }
  }

  /// The parts that begin at headings of that level.
  func parts(_ level: Int) -> [ReportSections.Section] {
    var parts: [ReportSections.Section] = []
    for block in blocks {
      if case .heading(let found, let text) = block.content, found <= level {
        if found == level { parts.append(ReportSections.Section(title: text, line: block.line)) }
      } else if !parts.isEmpty {
        parts[parts.count - 1].blocks.append(block)
      }
    }
    return parts
  }
}

/// `Addendum: After-Change Performance`, numbered from the second on.
enum AddendumHeading {
  static func text(number: Int) -> String {
    number == 1 ? "Addendum: After-Change Performance" : "Addendum \(number): After-Change Performance"
  }

  static func isOne(_ title: String) -> Bool {
    title.hasPrefix("Addendum") && title.hasSuffix(": After-Change Performance")
  }
}
