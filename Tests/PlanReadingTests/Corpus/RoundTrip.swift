import PlanModel
import PlanReading
import PlanWriting

/// Reads every plan of an answer, writes it again, and compares.
struct RoundTrip {
  /// What did not come back as it was; empty where all did.
  private(set) var faults: [String] = []
  /// Nodes of all plans of the answer.
  private(set) var nodeCount = 0
  /// The line at which the reader gave up; `nil` where it did not.
  private(set) var refusedLine: String?

  /// A rule makes several plans of one statement: EXPLAIN prints them with a blank line between.
  init(_ answer: String) {
    var rest = answer.lines[...]
    while !rest.isEmpty {
      do {
        let read = try PlanReader.readAnswer(rest.joined())
        let length = read.otherPlans.first.map { $0.start.line - 1 } ?? rest.count
        compare(read, rest.prefix(length))
        rest = rest.dropFirst(length)
      } catch {
        faults.append("\(error)")
        refusedLine = error.line ?? ""
        return
      }
    }
  }

  private mutating func compare(_ read: ReadPlan, _ lines: ArraySlice<String>) {
    let text = lines.joined().withoutBlankEnd
    nodeCount += read.plan.nodes.count
    let arrows = Self.arrows(in: text)
    if read.plan.nodes.count != arrows + 1 {
      faults.append("\(arrows) arrows, but \(read.plan.nodes.count) nodes, in:\n\(text)")
    }
    if !read.notes.isEmpty { faults.append("not all was read: \(read.notes) of:\n\(text)") }
    let written = TextPlanWriter.text(of: read.plan, dialect: read.dialect)
    if written != text { faults.append(Self.difference(text, written)) }
  }

  /// Lines that begin with a node's arrow; `->` also is an operator, and may begin a line of a literal.
  static func arrows(in text: String) -> Int {
    var quote: UInt8?
    return text.lines.count { line in
      let isInLiteral = quote != nil
      for byte in line.utf8 where byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        if quote == nil { quote = byte } else if quote == byte { quote = nil }
      }
      return !isInLiteral && line.drop { $0 == " " }.hasPrefix("->")
    }
  }

  private static func difference(_ text: String, _ written: String) -> String {
    let (before, after) = (text.lines, written.lines)
    let index = zip(before, after).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let place = index ?? min(before.count, after.count)
    let pair = [before, after].map { $0.indices.contains(place) ? $0[place] : "nothing\n" }
    return "line \(place + 1) was \(pair[0])and is written as \(pair[1])in:\n\(text)"
  }
}

extension String {
  /// The lines, each with its line feed.
  var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { $0 + "\n" }
      + (hasSuffix("\n") || isEmpty
        ? [] : [String(self[(lastIndex(of: "\n").map(index(after:)) ?? startIndex)...])])
  }

  /// Without blank lines at its end.
  var withoutBlankEnd: String {
    var text = self[...]
    while text.hasSuffix("\n\n") { text.removeLast() }
    return String(text)
  }
}

extension PlanReadingError {
  /// The line that could not be read.
  fileprivate var line: String? {
    switch self {
    case .unexpectedLine(_, let line), .malformedFigures(_, let line): line
    default: nil
    }
  }
}
