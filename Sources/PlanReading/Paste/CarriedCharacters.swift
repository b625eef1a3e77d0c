/// Puts back the characters that a word processor, a chat or a web page has put in the place of ASCII.
///
/// What stands inside straight quotes was typed as it is. Only where the same kind of blank stands outside of
/// them as well, the carrier made it.
struct CarriedCharacters {
  private let text: Bytes
  private var repaired = RepairedText()
  private var isChanged = false
  private let isHTML: Bool
  private let hasForeignBlanks: Bool
  private var quote: OpenQuote?

  private struct OpenQuote {
    var byte: UInt8
    var isStraight: Bool
  }

  /// The text in ASCII's own characters; `nil` where nothing was to be put back.
  static func repaired(_ text: Bytes) -> RepairedText? {
    if text.isASCII, text.offset(of: UInt8(ascii: "&")) == nil { return nil }
    var characters = CarriedCharacters(text)
    characters.repair()
    return characters.isChanged ? characters.repaired : nil
  }

  private init(_ text: Bytes) {
    self.text = text
    isHTML = HTMLEntity.isUsed(in: text)
    hasForeignBlanks = Self.foreignBlankOutsideQuotes(in: text)
  }

  private mutating func repair() {
    for (number, line) in text.lineRanges.enumerated() {
      quote = nil
      repair(line, number: number + 1)
      repaired.endLine()
    }
    if text.last != 0x0A { repaired.dropLastLineEnd() }
  }

  private mutating func repair(_ line: Range<Int>, number: Int) {
    var taken = line.lowerBound
    var position = taken
    let take = { (end: Int, characters: inout CarriedCharacters) in
      guard end > taken else { return }
      let column = characters.text.slice(line.lowerBound..<taken).characterCount + 1
      characters.repaired.append(
        characters.text.slice(taken..<end), from: SourcePosition(line: number, column: column))
    }
    while position < line.upperBound {
      let (length, replacement) = next(position, in: line)
      if let replacement {
        take(position, &self)
        replacement.utf8.forEach { repaired.append($0) }
        isChanged = true
        taken = position + length
      }
      position += length
    }
    take(line.upperBound, &self)
  }

  /// How many bytes the character at `position` takes, and what to put in its place.
  private mutating func next(_ position: Int, in line: Range<Int>) -> (Int, String?) {
    let byte = text[position]
    if byte == UInt8(ascii: "&"), isHTML, let entity = HTMLEntity(text, at: position) {
      pass(entity.text.utf8.first ?? 0x20, isStraight: true)
      return (entity.length, entity.text)
    }
    guard byte >= 0x80 else {
      pass(byte, isStraight: true)
      return (1, nil)
    }
    guard let character = CarriedCharacter(text.slice(position..<line.upperBound)) else { return (1, nil) }
    switch character.kind {
    case .blank:
      return (character.length, quote?.isStraight != true || hasForeignBlanks ? character.text : nil)
    case .other where quote?.isStraight == true: return (character.length, nil)
    case .other:
      character.text.utf8.forEach { pass($0, isStraight: false) }
      return (character.length, character.text)
    }
  }

  private mutating func pass(_ byte: UInt8, isStraight: Bool) {
    guard byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") else { return }
    if quote == nil {
      quote = OpenQuote(byte: byte, isStraight: isStraight)
    } else if quote?.byte == byte, quote?.isStraight == isStraight {
      quote = nil
    }
  }

  private static func foreignBlankOutsideQuotes(in text: Bytes) -> Bool {
    var quotes = LineQuotes()
    for position in text.indices {
      quotes.pass(text[position])
      guard text[position] >= 0xC2, !quotes.isOpen,
        let character = CarriedCharacter(text.slice(position..<Swift.min(position + 3, text.count)))
      else { continue }
      if character.kind == .blank { return true }
    }
    return false
  }
}

/// Whether a line's quotes are open, none of which goes on below.
struct LineQuotes {
  private var quote: UInt8?

  var isOpen: Bool { quote != nil }

  mutating func pass(_ byte: UInt8) {
    switch byte {
    case 0x0A: quote = nil
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      if quote == nil { quote = byte } else if quote == byte { quote = nil }
    default: break
    }
  }
}

/// A character that stands for one or two of ASCII's.
private struct CarriedCharacter {
  enum Kind { case blank, other }
  var kind: Kind
  var length: Int
  var text: String

  init?(_ bytes: Bytes) {
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
    length = encoded.count
    kind = .other
    switch Unicode.UTF8.decode(encoded).value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: (kind, text) = (.blank, " ")
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: (kind, text) = (.blank, "")
    case 0x2018...0x201B, 0x2032: text = "'"
    case 0x201C...0x201F, 0x2033: text = "\""
    case 0x2010...0x2015, 0x2212: text = "-"
    case 0x2192, 0x279C, 0x27F6, 0x2794, 0x2799, 0x279D, 0x279E: text = "->"
    case 0x203A: text = ">"
    // psql's borders and its mark for a row that goes on.
    case 0x21B5: text = "+"
    case 0x2500, 0x2501, 0x2550: text = "-"
    case 0x2502, 0x2503, 0x2551: text = "|"
    case 0x2504...0x257F: text = "+"
    default: return nil
    }
  }
}
