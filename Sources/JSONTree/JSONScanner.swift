import ByteReading

/// Turns bytes into the entries of a ``JSONTree`` with an explicit stack of open containers.
struct JSONScanner {
  private let bytes: Bytes
  private var position = 0
  private var entries: [JSONTree.Entry] = []
  private var open: [Int] = []
  /// Keys that have a backslash, resolved: they will stand behind the document, to be compared as they are.
  private var resolvedKeys: [UInt8] = []
  /// Whether literals of Python and Ruby are taken as well.
  private let isPasted: Bool
  /// Line breaks within strings, which only who breaks lines puts there.
  private var lineBreaks: [Int] = []
  /// The first line break at or behind the latest string's start.
  private var lineEnd = -1

  /// What was found in a document.
  struct Scan {
    var entries: [JSONTree.Entry]
    /// What the entries' ranges expect behind the document.
    var resolvedKeys: [UInt8]
    /// How much of the text the document took.
    var byteCount: Int
    var isTruncated: Bool
    var lineBreaks: [Int]
  }

  private init(_ bytes: Bytes, isPasted: Bool) {
    self.bytes = bytes
    self.isPasted = isPasted
    // A member of a plan takes some thirty bytes and two entries.
    entries.reserveCapacity(bytes.count / 16)
  }

  /// Scans one document at the start of `bytes`. One that was pasted may stop anywhere.
  static func scan(_ bytes: Bytes, isPasted: Bool) throws(JSONSyntaxError) -> Scan {
    var scanner = JSONScanner(bytes, isPasted: isPasted)
    var isTruncated = false
    do { try scanner.scan() } catch {
      guard isPasted, error.offset >= bytes.count, !scanner.entries.isEmpty else { throw error }
      scanner.closeAll()
      isTruncated = true
    }
    return Scan(
      entries: scanner.entries, resolvedKeys: scanner.resolvedKeys, byteCount: scanner.position,
      isTruncated: isTruncated, lineBreaks: scanner.lineBreaks)
  }

  private mutating func scan() throws(JSONSyntaxError) {
    guard bytes.count < Int32.max else {
      throw JSONSyntaxError(offset: Int(Int32.max) - 1, expected: "the document's end, within 2 GiB,")
    }
    repeat {
      skipWhitespace()
      try scanValue()
      try closeFinishedContainers()
    } while !open.isEmpty
  }

  // MARK: Containers

  /// After a value: takes commas and closing brackets until another value must follow.
  private mutating func closeFinishedContainers() throws(JSONSyntaxError) {
    while let container = open.last {
      skipWhitespace()
      let isObject = entries[container].kind == .object
      if take(end(of: container)) {
        close(container)
        continue
      }
      if isFresh(container) {
        // The first value of a container is not preceded by a comma.
      } else if !take(UInt8(ascii: ",")) {
        throw expected(isObject ? "',' or '}'" : "',' or ']'")
      } else if isPasted, takesEnd(of: container) {
        continue
      }
      if isObject { try scanKey() }
      return
    }
  }

  private func end(of container: Int) -> UInt8 {
    switch bytes[Int(entries[container].start)] {
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "("): UInt8(ascii: ")")
    default: UInt8(ascii: "]")
    }
  }

  /// Takes the bracket behind a last comma.
  private mutating func takesEnd(of container: Int) -> Bool {
    skipWhitespace()
    guard take(end(of: container)) else { return false }
    close(container)
    return true
  }

  /// Ends a document that stops too early: a key without its value, and a number that may go on, are dropped.
  private mutating func closeAll() {
    if let last = entries.last, last.kind == .number, last.end == bytes.count { entries.removeLast() }
    if entries.last?.kind == .key { entries.removeLast() }
    position = bytes.count
    while let container = open.last { close(container) }
  }

  private func isFresh(_ container: Int) -> Bool { entries.count == container + 1 }

  private mutating func close(_ container: Int) {
    entries[container].end = Int32(position)
    entries[container].next = Int32(entries.count)
    open.removeLast()
  }

  private mutating func scanKey() throws(JSONSyntaxError) {
    skipWhitespace()
    guard let quote = current, isQuote(quote) else { throw expected("a key in double quotes") }
    try scanString(as: .key, quote: quote)
    skipWhitespace()
    guard take(UInt8(ascii: ":")) || takesArrow() else { throw expected("':'") }
  }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || isPasted && byte == UInt8(ascii: "'")
  }

  /// `=>`
  private mutating func takesArrow() -> Bool {
    guard isPasted, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "="),
      bytes[position + 1] == UInt8(ascii: ">")
    else { return false }
    position += 2
    return true
  }

  // MARK: Values

  private mutating func scanValue() throws(JSONSyntaxError) {
    switch current {
    case UInt8(ascii: "{"): openContainer(.object)
    case UInt8(ascii: "["): openContainer(.array)
    case UInt8(ascii: "\""): try scanString(as: .string, quote: UInt8(ascii: "\""))
    case UInt8(ascii: "t"): try scanWord("true", as: .true)
    case UInt8(ascii: "f"): try scanWord("false", as: .false)
    case UInt8(ascii: "n") where !isPasted || !starts(with: "nil"): try scanWord("null", as: .null)
    case let byte? where isPasted: try scanForeignValue(byte)
    default: try scanNumber()
    }
  }

  private mutating func scanForeignValue(_ byte: UInt8) throws(JSONSyntaxError) {
    switch byte {
    case UInt8(ascii: "'"): try scanString(as: .string, quote: byte)
    case UInt8(ascii: "("): openContainer(.array)
    case UInt8(ascii: "T"): try scanWord("True", as: .true)
    case UInt8(ascii: "F"): try scanWord("False", as: .false)
    case UInt8(ascii: "N"): try scanWord("None", as: .null)
    case UInt8(ascii: "n"): try scanWord("nil", as: .null)
    default: try scanNumber()
    }
  }

  private mutating func openContainer(_ kind: JSONTree.Kind) {
    open.append(entries.count)
    append(kind, from: position, to: position)
    position += 1
  }

  private mutating func scanString(as kind: JSONTree.Kind, quote: UInt8) throws(JSONSyntaxError) {
    let start = position + 1
    guard let first = bytes.offset(of: quote, from: start) else {
      position = bytes.count
      throw expected("the closing quote of a string")
    }
    let isEscaped = bytes.slice(start..<first).offset(of: UInt8(ascii: "\\")) != nil
    position = first
    if isEscaped { try passEscapes(from: start, quote: quote) }
    if isPasted { noteLineBreaks(from: start) }
    if isEscaped, kind == .key {
      appendResolved(start..<position)
    } else {
      append(kind, from: start, to: position, escaped: isEscaped)
    }
    position += 1
  }

  private mutating func noteLineBreaks(from start: Int) {
    if lineEnd < start { lineEnd = bytes.offset(of: 0x0A, from: start) ?? bytes.count }
    while lineEnd < position {
      lineBreaks.append(lineEnd)
      lineEnd = bytes.offset(of: 0x0A, from: lineEnd + 1) ?? bytes.count
    }
  }

  private mutating func passEscapes(from start: Int, quote: UInt8) throws(JSONSyntaxError) {
    position = start
    while let byte = current, byte != quote { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
    guard current != nil else { throw expected("the closing quote of a string") }
  }

  private mutating func appendResolved(_ key: Range<Int>) {
    let start = bytes.count + resolvedKeys.count
    resolvedKeys += JSONEscapes.unescaped(Array(bytes.slice(key))[...]).utf8
    append(.key, from: start, to: bytes.count + resolvedKeys.count)
  }

  private mutating func scanNumber() throws(JSONSyntaxError) {
    let start = position
    while let byte = current, Self.isNumberByte(byte) { position += 1 }
    guard position > start else { throw expected("a value") }
    append(.number, from: start, to: position)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func scanWord(_ word: StaticString, as kind: JSONTree.Kind) throws(JSONSyntaxError) {
    let start = position
    let length = word.utf8CodeUnitCount
    guard starts(with: word) else { throw expected("a value") }
    position = min(start + length, bytes.count)
    guard position == start + length else { throw expected("a value") }
    append(kind, from: start, to: position)
  }

  /// Whether `word`, or as much of it as is there, stands here.
  private func starts(with word: StaticString) -> Bool {
    let length = min(word.utf8CodeUnitCount, bytes.count - position)
    return (0..<length).allSatisfy { bytes[position + $0] == word.utf8Start[$0] }
  }

  // MARK: Bytes

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipWhitespace() {
    while let byte = current, byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { position += 1 }
  }

  private mutating func append(
    _ kind: JSONTree.Kind, from start: Int, to end: Int, escaped: Bool = false
  ) {
    entries.append(
      JSONTree.Entry(
        kind: kind, escaped: escaped, start: Int32(start), end: Int32(end),
        next: Int32(entries.count + 1)))
  }

  private func expected(_ what: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: position, expected: what)
  }
}
