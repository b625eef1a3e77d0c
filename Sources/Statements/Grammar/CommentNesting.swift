/// How deeply `/* … */` comments are nested in a text, found without PostgreSQL's scanner, whose time
/// grows with the square of it.
enum CommentNesting {
  /// The deepest level of any comment; 0 where there is none.
  static func depth(of text: [UInt8]) -> Int {
    var deepest = 0
    var position = 0
    while position < text.count {
      switch (text[position], position + 1 < text.count ? text[position + 1] : 0) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        let comment = skipComment(text, from: position)
        deepest = max(deepest, comment.levels)
        position = comment.end
      case (UInt8(ascii: "-"), UInt8(ascii: "-")):
        position = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _):
        position = skipQuoted(text, from: position)
      case (UInt8(ascii: "$"), _):
        position = skipDollarQuoted(text, from: position)
      default: position += 1
      }
    }
    return deepest
  }

  private static func skipComment(_ text: [UInt8], from start: Int) -> (end: Int, levels: Int) {
    var (level, deepest, position) = (0, 0, start)
    while position + 1 < text.count {
      switch (text[position], text[position + 1]) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        level += 1
        deepest = max(deepest, level)
        position += 2
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        level -= 1
        position += 2
        if level == 0 { return (position, deepest) }
      default: position += 1
      }
    }
    return (text.count, deepest)
  }

  /// A doubled quote reads as two strings side by side, which is as good here. A backslash hides the
  /// next byte only in `E'…'`.
  private static func skipQuoted(_ text: [UInt8], from start: Int) -> Int {
    let quote = text[start]
    let hasEscapes = start > 0 && quote == UInt8(ascii: "'") && text[start - 1] | 0x20 == UInt8(ascii: "e")
    var position = start + 1
    while position < text.count, text[position] != quote {
      position += hasEscapes && text[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return position + 1
  }

  private static func skipDollarQuoted(_ text: [UInt8], from start: Int) -> Int {
    let tag = text[(start + 1)...].prefix { $0 >= 0x80 || $0 == UInt8(ascii: "_") || isAlphanumeric($0) }
    guard tag.first.map({ !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) ?? true,
      tag.endIndex < text.count, text[tag.endIndex] == UInt8(ascii: "$")
    else { return start + 1 }
    let delimiter = text[start...tag.endIndex]
    var position = delimiter.endIndex
    while let next = text[position...].firstIndex(of: UInt8(ascii: "$")) {
      if text[next...].starts(with: delimiter) { return next + delimiter.count }
      position = next + 1
    }
    return text.count
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
