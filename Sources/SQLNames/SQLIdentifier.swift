/// A name in SQL: quoted as PostgreSQL's `quote_ident` does.
public struct SQLIdentifier: Sendable, Hashable, CustomStringConvertible {
  /// The name without quotes.
  public let name: String

  /// A name as the catalog has it, without quotes.
  public init(_ name: String) { self.name = name }

  /// With double quotes unless the name is plain lower case and no keyword that needs them.
  public var quoted: String {
    let isPlain = Self.isPlain(name.utf8) && !SQLKeywords.needQuotes.contains(name)
    return isPlain ? name : Self.alwaysQuoted(name)
  }

  /// With double quotes, needed or not.
  public static func alwaysQuoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The quoted name.
  public var description: String { quoted }

  private static func isPlain(_ name: String.UTF8View) -> Bool {
    guard let first = name.first, isLetter(first) else { return false }
    return name.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
  }
}
