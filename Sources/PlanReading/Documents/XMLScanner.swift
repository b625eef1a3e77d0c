import JSONTree

/// Turns EXPLAIN's XML into the tree that its JSON would give.
///
/// Elements, text, the predefined entities and character references: what EXPLAIN prints. A document type
/// declaration is refused, so there are no entities to expand and nothing that could be loaded from elsewhere.
/// Depth is bounded by memory.
struct XMLScanner {
  private let text: Bytes
  private var position = 0
  private var tree = JSONTreeBuilder()
  private var open: [Element] = []
  /// Text since the latest tag.
  private var content: [UInt8] = []
  /// The last line break of each text that has some.
  private var lineBreaks: [Int] = []

  private struct Element {
    var name: Bytes
    var hasChildren = false
    var isArray = false
  }

  /// Reads one document from the start of `text`.
  static func tree(of text: Bytes) throws(JSONSyntaxError) -> JSONTree {
    var scanner = XMLScanner(text)
    return try scanner.scan()
  }

  private init(_ text: Bytes) { self.text = text }

  private mutating func scan() throws(JSONSyntaxError) -> JSONTree {
    do {
      repeat { try scanPart() } while !open.isEmpty || tree.isEmpty
      return tree.finish(byteCount: position, isTruncated: false, lineBreaks: lineBreaks)
    } catch {
      guard error.offset >= text.count, !tree.isEmpty else { throw error }
      if open.last?.hasChildren == false { tree.dropUnfinished() }
      return tree.finish(byteCount: text.count, isTruncated: true, lineBreaks: lineBreaks)
    }
  }

  private mutating func scanPart() throws(JSONSyntaxError) {
    try scanText()
    if text.hasPrefix("<![CDATA[", at: position) {
      let start = position + 9
      try skip(behind: "]]>")
      content.append(contentsOf: text.slice(start..<position - 3))
    } else if text.hasPrefix("<!--", at: position) {
      try skip(behind: "-->")
    } else if text.hasPrefix("<?", at: position) {
      try skip(behind: "?>")
    } else if text.hasPrefix("<!", at: position) {
      throw expected("an element, and no document type declaration,")
    } else if text.hasPrefix("</", at: position) {
      try scanEndTag()
    } else {
      try scanStartTag()
    }
  }

  // MARK: Tags

  private mutating func scanStartTag() throws(JSONSyntaxError) {
    let start = position
    position += 1
    let name = try scanName()
    try begin(name, at: start)
    let isEmpty = try scanAttributes()
    if isEmpty { end() }
  }

  private mutating func scanEndTag() throws(JSONSyntaxError) {
    let start = position
    position += 2
    let name = try scanName()
    guard let element = open.last, element.name.elementsEqual(name) else {
      position = start
      throw expected(open.last.map { "the end of <\($0.name.text)>" } ?? "an element")
    }
    skipSpace()
    try take(">")
    guard !element.hasChildren || isContentBlank else {
      position = start
      throw expected("nothing but elements inside <\(name.text)>")
    }
    end()
  }

  private mutating func begin(_ name: Bytes, at start: Int) throws(JSONSyntaxError) {
    guard isContentBlank else {
      position = start
      throw expected("the end of <\(open.last?.name.text ?? "")>")
    }
    content.removeAll(keepingCapacity: true)
    if let parent = open.last {
      let isItem = XMLNames.isItem(name, of: parent.name)
      if !parent.hasChildren, isItem { tree.makeInnermostArray() }
      guard !parent.hasChildren || isItem == parent.isArray else {
        position = start
        throw expected("another kind of element inside <\(parent.name.text)>")
      }
      open[open.count - 1].hasChildren = true
      open[open.count - 1].isArray = isItem
      if !isItem { tree.key(XMLNames.key(name, in: parent.name)) }
    }
    open.append(Element(name: name))
    tree.openContainer(.object)
  }

  private mutating func end() {
    let element = open.removeLast()
    if element.hasChildren {
      tree.close()
    } else {
      // An empty list is printed as a line end.
      let hasLineBreak = content.contains(0x0A)
      let isEmpty = hasLineBreak && isContentBlank
      // A statement has lines, and so may a literal in a condition.
      if hasLineBreak, !isEmpty, !element.name.equals("Query-Text") { noteLineBreak() }
      tree.close(asBare: isEmpty ? [] : content)
    }
    content.removeAll(keepingCapacity: true)
  }

  private mutating func noteLineBreak() {
    lineBreaks += text.slice(0..<position).lastIndex(of: 0x0A).map { [$0] } ?? []
  }

  /// Passes attributes over, up to the end of the tag; `true` where that ends the element as well.
  private mutating func scanAttributes() throws(JSONSyntaxError) -> Bool {
    while true {
      switch try current() {
      case UInt8(ascii: ">"):
        position += 1
        return false
      case UInt8(ascii: "/"):
        position += 1
        try take(">")
        return true
      case UInt8(ascii: "\""): try skipQuoted("\"")
      case UInt8(ascii: "'"): try skipQuoted("'")
      case UInt8(ascii: "<"): throw expected("'>'")
      default: position += 1
      }
    }
  }

  private mutating func scanName() throws(JSONSyntaxError) -> Bytes {
    let start = position
    while position < text.count, XMLNames.isNameByte(text[position]) { position += 1 }
    guard position > start, position < text.count else { throw expected("the name of an element") }
    return text.slice(start..<position)
  }

  // MARK: Text

  private mutating func scanText() throws(JSONSyntaxError) {
    while true {
      switch try current() {
      case UInt8(ascii: "<"): return
      case UInt8(ascii: "&"): content.append(contentsOf: try scanReference())
      case let byte:
        guard !open.isEmpty || byte.isBlank || byte == 0x0A else { throw expected("an element") }
        content.append(byte)
        position += 1
      }
    }
  }

  private mutating func scanReference() throws(JSONSyntaxError) -> [UInt8] {
    guard
      let end = text.slice(0..<min(position + 12, text.count)).offset(of: UInt8(ascii: ";"), from: position)
    else {
      if position + 12 > text.count { position = text.count }
      throw expected("an entity such as &lt;")
    }
    guard let character = XMLNames.character(text.slice(position + 1..<end)) else {
      throw expected("one of XML's own entities, such as &lt;,")
    }
    position = end + 1
    return Array(String(character).utf8)
  }

  private var isContentBlank: Bool { content.allSatisfy { $0.isBlank || $0 == 0x0A } }

  // MARK: Bytes

  private func current() throws(JSONSyntaxError) -> UInt8 {
    guard position < text.count else {
      throw expected(open.last.map { "the end of <\($0.name.text)>" } ?? "an element")
    }
    return text[position]
  }

  private mutating func take(_ byte: StaticString) throws(JSONSyntaxError) {
    guard text.hasPrefix(byte, at: position) else { throw expected("'\(byte)'") }
    position += byte.utf8CodeUnitCount
  }

  private mutating func skip(behind word: StaticString) throws(JSONSyntaxError) {
    guard let end = text.offset(of: word, from: position) else {
      position = text.count
      throw expected("'\(word)'")
    }
    position = end + word.utf8CodeUnitCount
  }

  private mutating func skipQuoted(_ quote: StaticString) throws(JSONSyntaxError) {
    position += 1
    try skip(behind: quote)
  }

  private mutating func skipSpace() {
    while position < text.count, text[position].isBlank || text[position] == 0x0A { position += 1 }
  }

  private func expected(_ what: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: position, expected: what)
  }
}
