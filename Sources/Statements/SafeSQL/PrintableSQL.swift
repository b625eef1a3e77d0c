/// SQL for people to look at and to paste: what it means is unchanged, and no character in it is one that a
/// terminal or an editor would obey.
///
/// Such a character in a quoted name or a string is written as PostgreSQL's own escape: `U&"…\001B…"`,
/// `E'…\u001B…'`.
public enum PrintableSQL {
  /// The text; unchanged where nothing in it hides.
  public static func text(_ sql: String) -> String {
    HiddenCharacters.occur(in: sql) ? rewritten(sql, .lines) : sql
  }

  /// The text on one line: line ends inside quotes as escapes too, comments left out.
  public static func line(_ sql: String) -> String {
    let isOneLine = !sql.utf8.contains { $0 == 0x0A || $0 == 0x09 } && !HiddenCharacters.occur(in: sql)
    return isOneLine ? sql : rewritten(sql, .oneLine)
  }

  private static func rewritten(_ sql: String, _ layout: PrintableToken.Layout) -> String {
    // Text that is no SQL has no quotes to escape in.
    guard let tokens = try? PostgresGrammar.scan(sql) else {
      return layout == .lines ? HiddenCharacters.shown(in: sql) : folded(HiddenCharacters.shown(in: sql))
    }
    let bytes = Array(sql.utf8)
    let slice = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
    var result = ""
    var end = 0
    for (index, token) in tokens.enumerated() where token.start >= end {
      result += gap(slice(end..<token.start), layout)
      let escape = unicodeEscape(behind: index, tokens, slice)
      result += PrintableToken(slice(token.range), layout, unicodeEscape: escape).text(of: token.kind)
      end = token.end
    }
    return result + gap(slice(end..<bytes.count), layout)
  }

  /// White space between tokens.
  private static func gap(_ text: String, _ layout: PrintableToken.Layout) -> String {
    layout == .lines ? PrintableToken.withLineFeeds(text) : text.isEmpty ? "" : " "
  }

  private static func folded(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
  }

  /// The character that begins escapes in a `U&` token: the one that `UESCAPE` names behind it.
  private static func unicodeEscape(
    behind index: Int, _ tokens: [Token], _ slice: (Range<Int>) -> String
  ) -> Unicode.Scalar {
    guard tokens.indices.contains(index + 2), slice(tokens[index + 1].range).lowercased() == "uescape"
    else { return "\\" }
    return slice(tokens[index + 2].range).unicodeScalars.dropFirst().first ?? "\\"
  }
}
