/// How EXPLAIN spells its keys as names of elements, and its texts as theirs.
enum XMLNames {
  static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }

  /// Whether an element is one of a list: `Item`, or `Plan` in `Plans`, or a `Query` of the answer.
  static func isItem(_ name: Bytes, of parent: Bytes) -> Bool {
    if name.equals("Item") || parent.equals("explain") && name.equals("Query") { return true }
    return parent.count == name.count + 1 && parent.last == UInt8(ascii: "s")
      && parent.slice(0..<name.count).elementsEqual(name)
  }

  /// The key that an element's name stands for: XML has hyphens for blanks and strokes.
  static func key(_ name: Bytes, in parent: Bytes) -> [UInt8] {
    if parent.equals("Settings") { return Array(name) }
    var words = name.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map { Array($0) }[
      ...]
    var key: [UInt8] = []
    while let word = words.popFirst() {
      key += word
      guard let next = words.first else { break }
      key.append(separator(word, next))
    }
    return key
  }

  /// `I/O`, `Full-sort`, `Pre-sorted` and `One-Time` are the only words that are not apart.
  private static func separator(_ word: [UInt8], _ next: [UInt8]) -> UInt8 {
    for (left, right, separator) in joints
    where word.elementsEqual(left.utf8) && next.elementsEqual(right.utf8) {
      return separator
    }
    return 0x20
  }

  private static let joints: [(String, String, UInt8)] = [
    ("I", "O", UInt8(ascii: "/")), ("Full", "sort", UInt8(ascii: "-")), ("Pre", "sorted", UInt8(ascii: "-")),
    ("One", "Time", UInt8(ascii: "-")),
  ]

  /// What `&name;` or `&#number;` stands for.
  static func character(_ name: Bytes) -> Character? {
    switch name.text {
    case "lt": "<"
    case "gt": ">"
    case "amp": "&"
    case "quot": "\""
    case "apos": "'"
    case let name where name.hasPrefix("#"): scalar(name.dropFirst()).map(Character.init)
    default: nil
    }
  }

  private static func scalar(_ digits: Substring) -> Unicode.Scalar? {
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let code = UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10)
    return code.flatMap(Unicode.Scalar.init)
  }
}
