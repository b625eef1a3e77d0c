/// A JSON document held as one flat array of values in document order.
///
/// Containers know where they end, so a reader walks the array and never recurses: depth is bounded
/// by memory, not by the stack. Used for PostgreSQL's `EXPLAIN (FORMAT JSON)` and for the syntax
/// trees that libpg_query prints.
public struct JSONTree: Sendable {
  /// What a value is. Keys are entries of their own, each directly before its value.
  public enum Kind: UInt8, Sendable {
    case object, array, key, string, number, `true`, `false`, null
  }

  struct Entry {
    var kind: Kind
    /// A string or key that has a backslash and must be unescaped before use.
    var escaped: Bool
    /// Byte range in `bytes`: without the quotes for strings and keys.
    var start: Int32
    var end: Int32
    /// Index of the first entry after this value and all that is inside it.
    var next: Int32
  }

  let bytes: [UInt8]
  let entries: [Entry]

  /// The outermost value of the document.
  public var root: JSONValue { JSONValue(tree: self, index: 0) }

  /// How many bytes of the input the document took; what follows is not JSON.
  public let byteCount: Int

  /// Reads one JSON document from the start of `bytes`; leading white space is skipped.
  ///
  /// - Throws: `JSONSyntaxError` with the offset of the first byte that does not fit.
  public init(_ bytes: some Sequence<UInt8>) throws(JSONSyntaxError) {
    let buffer = Array(bytes)
    var scanner = JSONScanner(bytes: buffer)
    try scanner.scan()
    self.bytes = buffer
    self.entries = scanner.entries
    self.byteCount = scanner.position
  }
}

/// The text is not JSON.
public struct JSONSyntaxError: Error, Sendable, Equatable {
  /// Offset in bytes, counted from 0, of the first byte that does not fit.
  public let offset: Int
  /// What was expected there.
  public let expected: String

  /// An error at a byte offset.
  public init(offset: Int, expected: String) {
    self.offset = offset
    self.expected = expected
  }
}
