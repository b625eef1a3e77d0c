import ByteReading

/// A JSON document held as one flat array of values in document order.
///
/// Containers know where they end, so a reader walks the array and never recurses: depth is bounded
/// by memory, not by the stack. Used for PostgreSQL's `EXPLAIN (FORMAT JSON)`, for YAML and XML of the same
/// shape (see ``JSONTreeBuilder``), and for the syntax trees that libpg_query prints.
public struct JSONTree: Sendable {
  /// What a value is. Keys are entries of their own, each directly before its value.
  public enum Kind: UInt8, Sendable {
    case object, array, key, string, number, `true`, `false`, null
    /// A value of a notation that does not tell text from figures: what it is, the question decides.
    case bare
  }

  struct Entry {
    var kind: Kind
    /// A string that has a backslash and must be unescaped before use.
    var escaped: Bool
    /// Byte range in `bytes`: without the quotes for strings and keys.
    var start: Int32
    var end: Int32
    /// Index of the first entry after this value and all that is inside it.
    var next: Int32
  }

  /// What all values of a document share: a value refers to one thing, so that it is cheap to copy.
  final class Content: Sendable {
    /// The document, and behind it the keys that have backslashes in it, resolved.
    let bytes: [UInt8]
    let entries: [Entry]

    init(bytes: [UInt8], entries: [Entry]) {
      self.bytes = bytes
      self.entries = entries
    }
  }

  let content: Content

  /// The outermost value of the document.
  public var root: JSONValue { JSONValue(tree: content, index: 0) }

  /// How many bytes of the input the document took; what follows is not JSON.
  public let byteCount: Int

  /// Whether the document stops before its end; what is only half there was left out.
  public let isTruncated: Bool

  /// Offsets in the input of line breaks within values that hold none where nobody breaks their lines: a string of
  /// JSON, whose own line breaks are escaped.
  public let lineBreaks: [Int]

  /// Reads one JSON document from the start of `bytes`; leading white space is skipped.
  ///
  /// - Throws: `JSONSyntaxError` with the offset of the first byte that does not fit.
  public init(_ bytes: some Sequence<UInt8>) throws(JSONSyntaxError) {
    try self.init(document: Array(bytes), isPasted: false)
  }

  /// Reads one document that a person copied: it may stop anywhere, or be printed by Python or Ruby, with single
  /// quotes, brackets of tuples, `=>`, `None`, `True` and a comma behind the last value.
  ///
  /// - Throws: `JSONSyntaxError` with the offset of the first byte that does not fit.
  public init(pasted bytes: some Sequence<UInt8>) throws(JSONSyntaxError) {
    try self.init(document: Array(bytes), isPasted: true)
  }

  private init(document: [UInt8], isPasted: Bool) throws(JSONSyntaxError) {
    let scan = try document.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
      try JSONScanner.scan(bytes, isPasted: isPasted)
    }
    self.init(
      bytes: scan.resolvedKeys.isEmpty ? document : document + scan.resolvedKeys, entries: scan.entries,
      byteCount: scan.byteCount, isTruncated: scan.isTruncated, lineBreaks: scan.lineBreaks)
  }

  init(bytes: [UInt8], entries: [Entry], byteCount: Int, isTruncated: Bool, lineBreaks: [Int]) {
    self.lineBreaks = lineBreaks
    content = Content(bytes: bytes, entries: entries)
    self.byteCount = byteCount
    self.isTruncated = isTruncated
  }

  /// Lends the bytes that ``JSONValue/forEachMember(_:)`` refers to.
  public func withBytes<Result, Failure>(
    _ body: (Bytes) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try content.bytes.withUnsafeBufferPointer(body)
  }
}

/// The text is not JSON, nor what else a tree is made of.
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
