import PlanModel

/// Joins the lines of a plan in TEXT again that an e-mail or a terminal has broken at a fixed width.
///
/// A line is joined to the one above where it cannot be a line of a plan by itself, and only if all breaks are
/// what one width makes of it: no line is longer, and the next word would not have fitted.
struct RewrappedText {
  enum Manner {
    /// At blanks, which are lost.
    case words
    /// Wherever the width is reached.
    case columns
  }

  private let text: Bytes
  private let lines: [Range<Int>]
  private let manner: Manner
  private var joints: [Joint] = []

  /// A line that goes on in the next.
  private struct Joint {
    var line: Int
    var separator: String
  }

  /// The text with its lines joined; `nil` where nothing shows that it was broken.
  static func joined(_ text: Bytes, _ manner: Manner) -> RepairedText? {
    guard let start = PlanStart.first(in: text), start.format == .text else { return nil }
    var rewrapped = RewrappedText(text, manner)
    let first = rewrapped.lines.firstIndex { $0.lowerBound == start.line.start } ?? 0
    let end = rewrapped.findJoints(from: first, root: start.line)
    guard rewrapped.fitOneWidth(first..<end) else { return nil }
    return rewrapped.joined()
  }

  private init(_ text: Bytes, _ manner: Manner) {
    self.text = text
    self.manner = manner
    lines = text.lineRanges
  }

  // MARK: Where it goes on

  /// Finds the lines that go on; returns the first behind the plan.
  private mutating func findJoints(from first: Int, root: TextLine) -> Int {
    var plan = BrokenPlan(root: root.column, text.slice(lines[first].lowerBound..<text.count))
    plan.begin(text.slice(root.content))
    for number in (first + 1)..<max(lines.count, first + 1) {
      let line = text.slice(lines[number])
      let content = line.trimmed
      if content.isEmpty { if plan.hasEnded { return number } else { continue } }
      let indent = text.slice(lines[number].lowerBound..<text.count).columns(before: content)
      let isBroken = number + 1 < lines.count && manner == .words && isRest(lines[number + 1], below: root)
      switch plan.place(of: content, at: indent, isBroken: isBroken) {
      case .next: plan.begin(content)
      case .rest:
        let separator =
          manner == .words ? plan.separator(before: content, behind: text.slice(lines[number - 1])) : ""
        guard joints.last?.line != number - 2 || !text.slice(lines[number - 1]).trimmed.isEmpty else {
          return number
        }
        joints.append(Joint(line: number - 1, separator: separator))
        plan.goOn(separator, manner == .words ? content : line)
      case .behind: return number
      }
    }
    return lines.count
  }

  /// Whether a line has lost its indent: what stands where the root does and is no trailer.
  private func isRest(_ line: Range<Int>, below root: TextLine) -> Bool {
    let line = text.slice(line)
    let content = line.trimmed
    return !content.isEmpty && line.columns(before: content) <= root.column && !content.hasPrefix("->")
      && !TextTrailers.isKnown(content)
  }

  // MARK: Whether that is credible

  /// Whether no line is longer than what every break shows to have been too long.
  private func fitOneWidth(_ plan: Range<Int>) -> Bool {
    guard !joints.isEmpty else { return false }
    let lengths = plan.lazy.filter { manner == .columns || isBreakable($0) }.map { length(of: $0) }
    guard let longest = lengths.max(), longest >= Self.leastWidth else { return false }
    return joints.allSatisfy { joint in
      guard manner == .words else { return length(of: joint.line) == longest }
      let next = text.slice(lines[joint.line + 1]).trimmed
      let word = next.slice(0..<(next.offset(of: 0x20) ?? next.count))
      return length(of: joint.line) + 2 + word.characterCount > longest
    }
  }

  /// A shorter line would break within figures.
  private static let leastWidth = 30

  private func length(of line: Int) -> Int {
    let line = text.slice(lines[line])
    guard manner == .words else { return line.characterCount - (line.last == 0x0D ? 1 : 0) }
    return line.characterCount - line.reversed().prefix(while: \.isBlank).count
  }

  /// Whether a line has a blank behind its first word, before which nobody breaks.
  private func isBreakable(_ line: Int) -> Bool {
    let content = text.slice(lines[line]).trimmed
    return content.offset(of: 0x20, from: content.hasPrefix("->  ") ? 4 : 0) != nil
  }

  // MARK: Joining

  private func joined() -> RepairedText {
    var joined = RepairedText()
    var next = joints.makeIterator()
    var joint = next.next()
    var isRest = false
    for (number, line) in lines.enumerated() {
      let content = text.slice(line)
      let goesOn = joint?.line == number
      let start = isRest && manner == .words ? content.prefix(while: \.isBlank).count : 0
      let blanks = content.reversed().prefix(while: { manner == .words ? $0.isBlank : $0 == 0x0D }).count
      let end = goesOn ? max(start, content.count - blanks) : content.count
      joined.append(content.slice(start..<end), from: SourcePosition(line: number + 1, column: start + 1))
      isRest = goesOn
      guard goesOn else {
        joined.endLine()
        continue
      }
      joint?.separator.utf8.forEach { joined.append($0) }
      joined.join(at: SourcePosition(line: number + 2, column: 1))
      joint = next.next()
    }
    if text.last != 0x0A { joined.dropLastLineEnd() }
    return joined
  }
}

extension Bytes {
  /// The indentation of `content`, which begins in the first line of this text.
  fileprivate func columns(before content: Bytes) -> Int { LineCursor(self).peek()?.column ?? 0 }
}

/// The lines of a plan so far, as far as they tell whether a further one belongs to the last.
private struct BrokenPlan {
  enum Place { case next, rest, behind }

  private let root: Int
  private let hasCosts: Bool
  private let hasActuals: Bool
  /// The start of the current line with what was joined to it.
  private var line: [UInt8] = []
  private var quotes = LineQuotes()
  private var brackets = 0
  private var hasTrailers = false
  /// The last line that PostgreSQL prints.
  private(set) var hasEnded = false

  init(root: Int, _ text: Bytes) {
    self.root = root
    hasCosts = text.offset(of: "(cost=") != nil
    hasActuals = text.offset(of: "(actual ") != nil || text.offset(of: "actual time=") != nil
  }

  mutating func begin(_ content: Bytes) {
    line = []
    quotes = LineQuotes()
    brackets = 0
    hasTrailers = hasTrailers || TextTrailers.isKnown(content)
    hasEnded = content.hasPrefix("Execution ")
    goOn("", content)
  }

  mutating func goOn(_ separator: String, _ content: Bytes) {
    if line.count < Self.longestStart { line += Array(separator.utf8) + content.prefix(Self.longestStart) }
    for byte in content {
      quotes.pass(byte)
      guard !quotes.isOpen else { continue }
      if byte == UInt8(ascii: "(") { brackets += 1 } else if byte == UInt8(ascii: ")") { brackets -= 1 }
    }
  }

  /// What tells a line's kind stands at its start.
  private static let longestStart = 1_024

  func place(of content: Bytes, at column: Int, isBroken: Bool) -> Place {
    if content.hasPrefix("->  ") || content.equals("->"), !quotes.isOpen { return .next }
    if quotes.isOpen || brackets > 0 { return .rest }
    if content.hasPrefix("-> ") { return .next }
    return line.withUnsafeBufferPointer { line in
      if isUnfinished(line, before: content) { return .rest }
      if TextTrailers.isKnown(content), PropertyLine(content) != nil { return .next }
      if isLaterPair(content, of: line) { return .rest }
      if hasTrailers { return column > root && PropertyLine(content) != nil ? .next : .behind }
      guard column > root else { return isRoot(content) ? .behind : .rest }
      return isBroken || PropertyLine(content) != nil || Self.needsNoColon(content) ? .next : .rest
    }
  }

  private func isUnfinished(_ line: Bytes, before content: Bytes) -> Bool {
    if line.hasPrefix("-> ") || line.equals("->") || isRoot(line) {
      return line.equals("->") || hasCosts && line.offset(of: "(cost=") == nil
        || hasActuals && content.hasPrefix("(actual ") || content.hasPrefix("(never executed)")
    }
    if line.hasPrefix("Planning Time:") || line.hasPrefix("Execution Time:") { return !line.hasSuffix(" ms") }
    if let property = PropertyLine(line), property.key.equals("Settings") {
      return SettingsText.settings(line.from(property.valueStart)) == nil
    }
    return line.last == UInt8(ascii: ",") || PropertyLine(line) == nil && !Self.needsNoColon(line)
  }

  /// `Memory Usage: 24kB`, which PostgreSQL prints behind other figures only.
  private func isLaterPair(_ content: Bytes, of line: Bytes) -> Bool {
    guard let above = PropertyLine(line), Self.hasPairs.contains(above.key.text) else { return false }
    guard let property = PropertyLine(content) else { return false }
    let key = property.key.text
    return PlanOddities.laterKeys.contains(key) || key == "Batches" || key == "Sort Method"
  }

  private static func needsNoColon(_ line: Bytes) -> Bool {
    SubplanHeading.relationship(line) != nil || ModificationTarget(line) != nil
  }

  private func isRoot(_ line: Bytes) -> Bool {
    NodeType(printed: NodeLine(line).type.trimmed).isKnown
  }

  /// The blanks that were lost in front of `content`, or still stand at the end of the line `above`.
  func separator(before content: Bytes, behind above: Bytes) -> String {
    let blanks = above.reversed().prefix(while: \.isBlank).count
    if quotes.isOpen, blanks > 0, blanks < Self.mostBlanks { return String(repeating: " ", count: blanks) }
    if breaksWord(above, content) { return "" }
    if content.hasPrefix("(cost=") { return "  " }
    return line.withUnsafeBufferPointer { line in
      guard let property = PropertyLine(line) else { return line.equals("->") ? "  " : " " }
      if property.key.hasPrefix("Worker "), property.valueStart == line.count { return "  " }
      guard Self.hasPairs.contains(property.key.text),
        content.first.map({ $0 >= 0x41 && $0 <= 0x5A }) == true,
        content.offset(of: ": ") != nil
      else { return " " }
      // Behind a value another pair begins; within a key a word was lost.
      let end = line.lastIndex(of: UInt8(ascii: ":")) ?? 0
      return line.from(end).offset(of: "  ") == nil ? "  " : " "
    }
  }

  /// psql pads lines, and nobody writes so many into a literal.
  private static let mostBlanks = 4

  /// Some break behind a hyphen as well; PostgreSQL has blanks on both sides of a minus.
  private func breaksWord(_ above: Bytes, _ content: Bytes) -> Bool {
    guard above.last == UInt8(ascii: "-"), above.count > 1, let first = content.first else { return false }
    let before = above[above.count - 2]
    return (before.isLetter || before.isDigit) && (first.isLetter || first.isDigit)
  }

  private static let hasPairs: Set<String> = [
    "Sort Method", "Buckets", "Batches", "Planned Partitions", "Hits", "Storage", "Full-sort Groups",
    "Pre-sorted Groups", "Memory",
  ]
}
