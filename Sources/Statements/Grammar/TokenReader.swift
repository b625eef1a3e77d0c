/// Decodes the token list that `pg_query_scan` returns.
///
/// The message is small and stable (`ScanResult`: tokens in field 2; `ScanToken`: start 1, end 2,
/// keyword kind 5), so its few varints are read here instead of through a generated model.
struct TokenReader {
  private let message: [UInt8]
  private let text: [UInt8]
  private var position = 0

  init(message: [UInt8], text: [UInt8]) {
    self.message = message
    self.text = text
  }

  /// All tokens in order, comments included.
  mutating func tokens() -> [Token] {
    var tokens: [Token] = []
    while position < message.count {
      let field = varint()
      guard field & 7 == 2 else {
        _ = varint()
        continue
      }
      let length = varint()
      let end = min(position + length, message.count)
      if field >> 3 == 2 { tokens.append(token(until: end)) }
      position = end
    }
    return tokens
  }

  private mutating func token(until end: Int) -> Token {
    var (start, stop, keywordKind) = (0, 0, 0)
    while position < end {
      let field = varint()
      let value = varint()
      switch field >> 3 {
      case 1: start = value
      case 2: stop = value
      case 5: keywordKind = value
      default: break
      }
    }
    let range = clamped(start, stop)
    return Token(kind: kind(of: range, keywordKind: keywordKind), range: range)
  }

  private mutating func varint() -> Int {
    var (value, shift) = (0, 0)
    while position < message.count {
      let byte = message[position]
      position += 1
      value |= Int(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 || shift > 56 { break }
    }
    return value
  }

  /// libpg_query 15 gives `U&'…'` and `U&"…"` an end beside their start: the closing quote is looked
  /// for here.
  private func clamped(_ start: Int, _ stop: Int) -> Range<Int> {
    let start = min(max(0, start), text.count)
    guard stop - start <= 1, start + 2 < text.count, text[start] | 0x20 == UInt8(ascii: "u"),
      text[start + 1] == UInt8(ascii: "&")
    else { return start..<min(max(start, stop), text.count) }
    return start..<endOfQuoted(text[start + 2], from: start + 3)
  }

  private func endOfQuoted(_ quote: UInt8, from first: Int) -> Int {
    var position = first
    while position < text.count {
      guard text[position] == quote else {
        position += 1
        continue
      }
      let isDoubled = position + 1 < text.count && text[position + 1] == quote
      let next = isDoubled ? position + 2 : continuation(behind: position + 1, quote)
      guard let next else { return position + 1 }
      position = next
    }
    return text.count
  }

  /// Where a string goes on in another line: `U&'a'` and then `'b'` are one constant.
  private func continuation(behind end: Int, _ quote: UInt8) -> Int? {
    guard quote == UInt8(ascii: "'") else { return nil }
    var (position, hasLineEnd) = (end, false)
    while position < text.count {
      switch text[position] {
      case quote: return hasLineEnd ? position + 1 : nil
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): hasLineEnd = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: break
      default: return nil
      }
      position += 1
    }
    return nil
  }

  private func kind(of range: Range<Int>, keywordKind: Int) -> Token.Kind {
    guard let first = text[range].first else { return .symbol }
    if keywordKind > 0 { return keyword(range, isReserved: keywordKind == 4) }
    let second = text[range].dropFirst().first ?? 0
    switch (first, second) {
    case (UInt8(ascii: "-"), UInt8(ascii: "-")): return .lineComment
    case (UInt8(ascii: "/"), UInt8(ascii: "*")): return .blockComment
    case (UInt8(ascii: "$"), UInt8(ascii: "0")...UInt8(ascii: "9")): return .parameter
    case (UInt8(ascii: "$"), _), (UInt8(ascii: "'"), _): return .string
    case (UInt8(ascii: "\""), _): return .identifier
    case (UInt8(ascii: "0")...UInt8(ascii: "9"), _): return .number
    case (UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9")): return .number
    default: return Self.isNameByte(first) ? word(range, second) : .symbol
    }
  }

  /// A name, or a string with a letter before its quote.
  private func word(_ range: Range<Int>, _ second: UInt8) -> Token.Kind {
    let third = text[range].dropFirst(2).first
    let isString =
      second == UInt8(ascii: "'") || (second == UInt8(ascii: "&") && third == UInt8(ascii: "'"))
    return isString ? .string : .identifier
  }

  private func keyword(_ range: Range<Int>, isReserved: Bool) -> Token.Kind {
    let word = String(decoding: text[range], as: UTF8.self).lowercased()
    return .keyword(Keyword(rawValue: word) ?? .other, isReserved: isReserved)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_")
      || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }
}
