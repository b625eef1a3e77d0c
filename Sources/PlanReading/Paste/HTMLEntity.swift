/// `&gt;`: what a web page writes for a character.
struct HTMLEntity {
  var text: String
  /// In bytes, with `&` and `;`.
  var length: Int

  /// The entity at `position`; `nil` for another, or for none.
  init?(_ source: Bytes, at position: Int) {
    let window = source.slice(position..<Swift.min(position + 9, source.count))
    guard let end = window.offset(of: UInt8(ascii: ";")) else { return nil }
    let name = window.slice(1..<end)
    length = end + 1
    switch name.text {
    case "nbsp": text = " "
    case "rarr": text = "->"
    case "ndash", "mdash", "minus": text = "-"
    case "lsquo", "rsquo": text = "'"
    case "ldquo", "rdquo": text = "\""
    case "#160", "#xa0", "#xA0": text = " "
    default:
      guard let character = XMLNames.character(name) else { return nil }
      text = String(character)
    }
  }

  /// Whether a text that is no XML itself has entities outside of quotes, where a plan has none.
  static func isUsed(in text: Bytes) -> Bool {
    guard text.offset(of: UInt8(ascii: "&")) != nil, text.offset(of: "<Node-Type>") == nil else {
      return false
    }
    var quotes = LineQuotes()
    for position in text.indices {
      quotes.pass(text[position])
      if text[position] == UInt8(ascii: "&"), !quotes.isOpen, HTMLEntity(text, at: position) != nil {
        return true
      }
    }
    return false
  }
}
