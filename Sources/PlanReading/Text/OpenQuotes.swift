import ByteReading

/// Finds out where a value ends whose string literals or quoted names hold line breaks.
///
/// Goes forwards through one text, so that it need not look for quotes in every line.
struct OpenQuotes {
  private let text: Bytes
  private var quote: UInt8?
  private var brackets = 0
  /// Text without quotes whose brackets nobody has asked for so far.
  private var uncounted: Range<Int>?
  private var single: NextByte
  private var double: NextByte

  /// The walk begins before all quotes of `text`.
  init(_ text: Bytes) {
    self.text = text
    single = NextByte(UInt8(ascii: "'"))
    double = NextByte(UInt8(ascii: "\""))
  }

  /// Whether the text so far ends inside quotes.
  var isOpen: Bool { quote != nil }

  mutating func reset() {
    quote = nil
    brackets = 0
    uncounted = nil
  }

  /// Goes on over a further part of the text.
  mutating func pass(_ range: Range<Int>) {
    let hasQuotes = single.stands(in: range, of: text) || double.stands(in: range, of: text)
    if !isOpen, !hasQuotes, uncounted == nil {
      uncounted = range
    } else {
      countBrackets()
      passQuotes(range)
    }
  }

  /// Brackets that are open outside quotes.
  mutating func openBrackets() -> Int {
    countBrackets()
    return brackets
  }

  private mutating func countBrackets() {
    guard let range = uncounted else { return }
    let part = text.slice(range)
    brackets += part.count(of: UInt8(ascii: "(")) - part.count(of: UInt8(ascii: ")"))
    uncounted = nil
  }

  private mutating func passQuotes(_ range: Range<Int>) {
    for offset in range {
      let byte = text[offset]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      // A quote that nothing closes is no quote.
      case UInt8(ascii: "'") where offset < single.last(in: text): quote = byte
      case UInt8(ascii: "\"") where offset < double.last(in: text): quote = byte
      case UInt8(ascii: "("): brackets += 1
      case UInt8(ascii: ")"): brackets -= 1
      default: break
      }
    }
  }
}

/// Where a byte stands in a text that is walked through forwards.
private struct NextByte {
  private let byte: UInt8
  /// The first place at or behind the start of the part that was asked for last.
  private var next = -1
  private var last: Int?

  init(_ byte: UInt8) { self.byte = byte }

  /// Whether the byte stands in a part that begins no further left than the one before.
  mutating func stands(in range: Range<Int>, of text: Bytes) -> Bool {
    if next < range.lowerBound { next = text.offset(of: byte, from: range.lowerBound) ?? .max }
    return next < range.upperBound
  }

  /// The last place of all.
  mutating func last(in text: Bytes) -> Int {
    if let last { return last }
    let found = text.lastOffset(of: byte) ?? -1
    last = found
    return found
  }
}
