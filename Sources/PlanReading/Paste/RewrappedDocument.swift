/// Joins the lines of a plan in JSON, YAML or XML again that were broken at a fixed width.
struct RewrappedDocument {
  private let text: Bytes
  private let lines: [Range<Int>]
  private let format: PlanFormat
  private var joined = RepairedText()
  private var joints = 0

  /// The text with its lines joined; `nil` where nothing shows that it was broken.
  static func joined(_ text: Bytes, _ manner: RewrappedText.Manner) -> RepairedText? {
    guard let start = PlanStart.first(in: text), start.format != .text else { return nil }
    var document = RewrappedDocument(text, start)
    switch manner {
    case .words: document.joinWords()
    case .columns: document.joinColumns()
    }
    return document.joints > 0 ? document.joined : nil
  }

  private init(_ text: Bytes, _ start: PlanStart) {
    self.text = text
    format = start.format
    lines = text.lineRanges
  }

  private static let leastWidth = 30

  /// Every line of the greatest length goes on in the next.
  private mutating func joinColumns() {
    let lengths = lines.map { text.slice($0).withoutReturn.characterCount }
    guard let width = lengths.max(), width >= Self.leastWidth else { return }
    for (number, line) in lines.enumerated() {
      let goesOn = lengths[number] == width && number + 1 < lines.count
      append(goesOn ? text.slice(line).withoutReturn : text.slice(line), number, dropping: 0)
      if goesOn { join(number) } else { joined.endLine() }
    }
  }

  /// Lines go on where they end inside a value; the blanks there were lost, or stand on either side.
  private mutating func joinWords() {
    guard format != .yaml else { return }
    var state = ValueState(format)
    var isRest = false
    for (number, line) in lines.enumerated() {
      let content = text.slice(line)
      let start = isRest ? content.prefix(while: \.isBlank).count : 0
      content.from(start).forEach { state.pass($0) }
      isRest = state.isInValue && number + 1 < lines.count
      append(isRest ? content.withoutReturn : content, number, dropping: start)
      guard isRest else {
        joined.endLine()
        continue
      }
      if needsBlank(content.withoutReturn, text.slice(lines[number + 1]).trimmed) { joined.append(0x20) }
      join(number)
    }
  }

  private mutating func append(_ line: Bytes, _ number: Int, dropping count: Int) {
    joined.append(line.from(count), from: SourcePosition(line: number + 1, column: count + 1))
  }

  private mutating func join(_ number: Int) {
    joints += 1
    joined.join(at: SourcePosition(line: number + 2, column: 1))
  }

  /// Some break behind a hyphen, where no blank was.
  private func needsBlank(_ above: Bytes, _ below: Bytes) -> Bool {
    guard let last = above.last, !last.isBlank, let first = below.first else { return false }
    guard last == UInt8(ascii: "-"), above.count > 1 else { return true }
    return !above[above.count - 2].isLetter || !(first.isLetter || first.isDigit)
  }

  /// Whether a place in a document is inside a value.
  private struct ValueState {
    private let format: PlanFormat
    private(set) var isInValue = false
    private var isEscaped = false
    private var isInTag = false

    init(_ format: PlanFormat) { self.format = format }

    mutating func pass(_ byte: UInt8) {
      if format == .json { passJSON(byte) } else { passXML(byte) }
    }

    private mutating func passJSON(_ byte: UInt8) {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isInValue
      } else if byte == UInt8(ascii: "\"") {
        isInValue.toggle()
      }
    }

    private mutating func passXML(_ byte: UInt8) {
      if byte == UInt8(ascii: "<") {
        (isInTag, isInValue) = (true, false)
      } else if byte == UInt8(ascii: ">"), isInTag {
        isInTag = false
      } else if !isInTag, !byte.isBlank {
        isInValue = true
      }
    }
  }
}

extension Bytes {
  fileprivate var withoutReturn: Bytes { last == 0x0D ? slice(0..<count - 1) : self }
}
