/// A text as one word of a shell, for command lines that are printed to be pasted.
public struct ShellWord: Sendable, CustomStringConvertible {
  /// Quoted where a shell would read something else. What a terminal would obey is escaped in `$'…'`, which
  /// bash, zsh and ksh read.
  public let description: String

  /// The word for any text, the empty one included.
  public init(_ text: String) {
    description =
      if Self.isPlain(text) {
        text
      } else if text.unicodeScalars.contains(where: Self.mustBeEscaped) {
        "$'" + text.unicodeScalars.map(Self.escaped).joined() + "'"
      } else {
        "'" + text.replacing("'", with: #"'\''"#) + "'"
      }
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || [45, 46, 47, 95].contains($0)
      }
  }

  private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || HiddenCharacters.isHidden(scalar)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
    guard mustBeEscaped(scalar) else { return String(scalar) }
    return scalar.value > 0xFFFF
      ? "\\U" + HiddenCharacters.hexadecimal(scalar.value, digits: 8) : HiddenCharacters.escape(scalar)
  }
}
