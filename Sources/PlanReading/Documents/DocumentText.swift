import JSONTree

/// The tree of a document, whatever its notation.
enum DocumentText {
  /// Reads the document at the start of `text`, whose first line stands at `column`.
  static func tree(of text: Bytes, _ format: PlanFormat, column: Int) throws(JSONSyntaxError) -> JSONTree {
    switch format {
    case .xml: return try XMLScanner.tree(of: text)
    case .yaml: return try YAMLScanner.tree(of: text, column: column)
    case .json, .text: break
    }
    if let text = doublyQuoted(text) ?? escaped(text) { return text }
    return try JSONTree(pasted: text)
  }

  /// `"[{""Plan"": …}]"`: a field of CSV, as pgAdmin copies it.
  private static func doublyQuoted(_ text: Bytes) -> JSONTree? {
    guard text.first == UInt8(ascii: "\""), let quote = text.offset(of: UInt8(ascii: "\""), from: 1),
      text.hasPrefix("\"\"", at: quote), text[quote - 1] != UInt8(ascii: "\\")
    else { return nil }
    let end = text.offsetBehindQuotes(from: 0)
    var value: [UInt8] = []
    var isSecond = false
    for byte in text.slice(1..<end) {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if !isSecond || byte != UInt8(ascii: "\"") { value.append(byte) }
    }
    return string(value, escaped: false, byteCount: end)
  }

  /// `[\n  {\n    \"Plan\": …`: the inside of a string, without its quotes.
  private static func escaped(_ text: Bytes) -> JSONTree? {
    guard
      let first = text.firstIndex(where: {
        $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
      }), text[first] == UInt8(ascii: "\\")
    else { return nil }
    var end = 0
    while end < text.count, text[end] != UInt8(ascii: "\""), text[end] != 0x0A {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    end = min(end, text.count)
    return string(text.slice(0..<end), escaped: true, byteCount: end)
  }

  private static func string(_ bytes: some Collection<UInt8>, escaped: Bool, byteCount: Int) -> JSONTree {
    var tree = JSONTreeBuilder()
    tree.value(.string, bytes, escaped: escaped)
    return tree.finish(byteCount: byteCount, isTruncated: false)
  }
}
