import CLibPQ

/// How many columns of a terminal a text takes, as psql counts them.
public enum DisplayWidth {
  private static let utf8 = pg_char_to_encoding("UTF8")

  /// Two for each wide character, none for each combining one.
  public static func columns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    String(scalar).withCString { max(0, Int(PQdsplen($0, utf8))) }
  }
}
