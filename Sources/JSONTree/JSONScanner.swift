/// Turns bytes into the entries of a ``JSONTree`` with an explicit stack of open containers.
struct JSONScanner {
  let bytes: [UInt8]
  var position = 0
  var entries: [JSONTree.Entry] = []
  private var open: [Int] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan() throws(JSONSyntaxError) {
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
      if take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        close(container)
        continue
      }
      if isFresh(container) {
        // The first value of a container is not preceded by a comma.
      } else if !take(UInt8(ascii: ",")) {
        throw expected(isObject ? "',' or '}'" : "',' or ']'")
      }
      if isObject { try scanKey() }
      return
    }
  }

  private func isFresh(_ container: Int) -> Bool { entries.count == container + 1 }

  private mutating func close(_ container: Int) {
    entries[container].end = Int32(position)
    entries[container].next = Int32(entries.count)
    open.removeLast()
  }

  private mutating func scanKey() throws(JSONSyntaxError) {
    skipWhitespace()
    guard current == UInt8(ascii: "\"") else { throw expected("a key in double quotes") }
    try scanString(as: .key)
    skipWhitespace()
    guard take(UInt8(ascii: ":")) else { throw expected("':'") }
  }

  // MARK: Values

  private mutating func scanValue() throws(JSONSyntaxError) {
    switch current {
    case UInt8(ascii: "{"): openContainer(.object)
    case UInt8(ascii: "["): openContainer(.array)
    case UInt8(ascii: "\""): try scanString(as: .string)
    case UInt8(ascii: "t"): try scanWord("true", as: .true)
    case UInt8(ascii: "f"): try scanWord("false", as: .false)
    case UInt8(ascii: "n"): try scanWord("null", as: .null)
    default: try scanNumber()
    }
  }

  private mutating func openContainer(_ kind: JSONTree.Kind) {
    open.append(entries.count)
    append(kind, from: position, to: position)
    position += 1
  }

  private mutating func scanString(as kind: JSONTree.Kind) throws(JSONSyntaxError) {
    let start = position + 1
    var escaped = false
    position = start
    while let byte = current, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        escaped = true
        position += 1
      }
      position += 1
    }
    guard current != nil else { throw expected("the closing quote of a string") }
    append(kind, from: start, to: position, escaped: escaped)
    position += 1
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
    let matches =
      start + length <= bytes.count
      && (0..<length).allSatisfy { bytes[start + $0] == word.utf8Start[$0] }
    guard matches else { throw expected("a value") }
    position += length
    append(kind, from: start, to: position)
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
