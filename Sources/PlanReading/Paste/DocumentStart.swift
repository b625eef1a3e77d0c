/// Tells by a line whether a plan in JSON, YAML or XML starts there.
enum DocumentStart {
  static func format(at line: TextLine, in text: Bytes) -> PlanFormat? {
    let content = text.slice(line.content)
    if isJSON(text, from: line.content.lowerBound) { return .json }
    if isXML(content) { return .xml }
    return isYAML(content, text.from(line.content.lowerBound)) ? .yaml : nil
  }

  // MARK: JSON

  /// Brackets and then a quote: a prompt and the prefix of a log have brackets, too.
  private static func isJSON(_ whole: Bytes, from start: Int) -> Bool {
    // Every line is asked: none may look at all that follows.
    let text = whole.slice(0..<min(whole.count, start + 4_096))
    var position = start
    let isText = text[position] == UInt8(ascii: "\"")
    if isText { position += 1 }
    let first = next(&position, in: text)
    guard first.map(isOpening) == true else { return false }
    var last = first
    while let byte = last, isOpening(byte) {
      last = next(&position, in: text)
      // A condition in brackets may begin with a quoted name.
      if first == UInt8(ascii: "("), byte == first, last.map(isOpening) != true { return false }
    }
    guard let last else { return !isText }
    return last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") || !isText && isClosing(last)
  }

  private static func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "(")
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
  }

  /// The next byte that is no white space; a backslash before a quote counts as nothing, and one before `n` as
  /// white space.
  private static func next(_ position: inout Int, in text: Bytes) -> UInt8? {
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte.isBlank || byte == 0x0A { continue }
      guard byte == UInt8(ascii: "\\"), position < text.count else { return byte }
      if "nrt".utf8.contains(text[position]) { position += 1 }
    }
    return nil
  }

  // MARK: XML

  private static func isXML(_ content: Bytes) -> Bool {
    content.hasPrefix("<explain") || content.hasPrefix("<?xml") || content.hasPrefix("<Plan>")
      || content.hasPrefix("<Query>")
  }

  // MARK: YAML

  /// `Plan:` alone is also a heading of prose, and a `Query Text` stands above TEXT as well.
  private static func isYAML(_ content: Bytes, _ rest: Bytes) -> Bool {
    let isItem = content.hasPrefix("- ")
    let line = isItem ? content.from(2).trimmed : content
    guard let key = YAMLKey(line, from: 0, to: line.count) else { return false }
    let value = line.from(key.valueStart).first
    switch key.name.text {
    case "Plan": return value == nil && hasNodeType(rest)
    case "Query Text": return (isItem || value.map(isScalarMark) == true) && hasNodeType(rest)
    case "Execution Time", "Node Type": return isItem && hasNodeType(rest)
    default: return false
    }
  }

  private static func isScalarMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "|")
      || byte == UInt8(ascii: ">")
  }

  private static func hasNodeType(_ rest: Bytes) -> Bool {
    let text = rest.slice(0..<min(rest.count, 65_536))
    return text.offset(of: "Node Type: ") != nil || text.offset(of: "Node Type\": ") != nil
      || text.offset(of: "Node Type': ") != nil
  }
}
