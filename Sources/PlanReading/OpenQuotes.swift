import ByteReading

/// Finds out where a value ends whose string literals or quoted names hold line breaks.
struct OpenQuotes {
  private var quote: UInt8?
  /// Brackets that are open outside quotes.
  private(set) var openBrackets = 0
  private let lastSingle: Int
  private let lastDouble: Int

  /// Knows where in `text` each kind of quote occurs last: a quote that nothing closes is no quote.
  init(_ text: Bytes) {
    lastSingle = text.lastOffset(of: UInt8(ascii: "'")) ?? -1
    lastDouble = text.lastOffset(of: UInt8(ascii: "\"")) ?? -1
  }

  /// Whether the text so far ends inside quotes.
  var isOpen: Bool { quote != nil }

  mutating func reset() {
    quote = nil
    openBrackets = 0
  }

  /// Goes on over a further part of the text.
  mutating func pass(_ range: Range<Int>, of text: Bytes) {
    let part = text.slice(range)
    if isOpen || part.offset(of: UInt8(ascii: "'")) != nil || part.offset(of: UInt8(ascii: "\"")) != nil {
      passQuotes(range, of: text)
    } else {
      openBrackets += part.count(of: UInt8(ascii: "(")) - part.count(of: UInt8(ascii: ")"))
    }
  }

  private mutating func passQuotes(_ range: Range<Int>, of text: Bytes) {
    for offset in range {
      let byte = text[offset]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "'") where offset < lastSingle: quote = byte
      case UInt8(ascii: "\"") where offset < lastDouble: quote = byte
      case UInt8(ascii: "("): openBrackets += 1
      case UInt8(ascii: ")"): openBrackets -= 1
      default: break
      }
    }
  }
}
