/// A string constant in SQL: quoted as PostgreSQL's `quote_literal` does.
public struct SQLLiteral: Sendable, Hashable, CustomStringConvertible {
  /// The value without quotes.
  public let value: String

  /// A value, without quotes.
  public init(_ value: String) { self.value = value }

  /// In single quotes; with a backslash in it as `E'…'`, which reads the same whatever
  /// `standard_conforming_strings` says.
  public var quoted: String {
    let doubled = Self.doubling("'", in: value)
    return value.utf8.contains(UInt8(ascii: "\\"))
      ? "E'" + Self.doubling("\\", in: doubled) + "'" : "'" + doubled + "'"
  }

  /// The quoted value.
  public var description: String { quoted }

  /// PostgreSQL reads these as `double precision` constants.
  static func notFinite(_ number: Double) -> String {
    if number.isNaN { return "'NaN'::float8" }
    return number > 0 ? "'Infinity'::float8" : "'-Infinity'::float8"
  }

  private static func doubling(_ character: Unicode.Scalar, in text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar)
      if scalar == character { result.append(scalar) }
    }
    return String(result)
  }
}
