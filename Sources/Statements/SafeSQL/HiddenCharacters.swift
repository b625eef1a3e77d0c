/// Characters that a terminal obeys, or that turn or hide the text around them: control characters,
/// direction marks, line separators, characters of no width.
///
/// Line feed and tab are none of them: they are how text is laid out. Joiners are none either: scripts and
/// emoji are written with them.
public enum HiddenCharacters {
  /// The text with each of them as `\u001B`, which JSON and PostgreSQL's `E'…'` read as the character; a
  /// line end of two characters becomes a line feed.
  public static func shown(in text: String) -> String {
    guard occur(in: text) else { return text }
    var result = String.UnicodeScalarView()
    var isCarriageReturn = false
    for scalar in text.unicodeScalars {
      if isCarriageReturn, scalar != "\n" { result.append(contentsOf: escape("\r").unicodeScalars) }
      isCarriageReturn = scalar == "\r"
      if isCarriageReturn { continue }
      if isHidden(scalar) {
        result.append(contentsOf: escape(scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    if isCarriageReturn { result.append(contentsOf: escape("\r").unicodeScalars) }
    return String(result)
  }

  /// A name or a path on one line: its line feeds and tabs are shown as well.
  public static func name(_ text: String) -> String {
    var result = ""
    for scalar in shown(in: text).unicodeScalars {
      result += scalar == "\n" || scalar == "\t" ? escape(scalar) : "\(scalar)"
    }
    return result
  }

  /// Whether the text has one.
  public static func occur(in text: String) -> Bool {
    // Most text is ASCII, and its bytes tell.
    text.utf8.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 >= 0x7F }
      && text.unicodeScalars.contains(where: isHidden)
  }

  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\t", "\u{200C}", "\u{200D}": false
    default: isInvisible(scalar.properties.generalCategory)
    }
  }

  private static func isInvisible(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// `\u001B`, in UTF-16 where four digits are too few.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { "\\u" + hexadecimal(UInt32($0), digits: 4) }.joined()
  }

  static func hexadecimal(_ number: UInt32, digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
