/// The text of a statement as it was given, proven to be UTF-8 that a C library can take whole.
///
/// A byte order mark is left out; nothing else is changed.
public struct StatementText: Sendable, Hashable {
  /// The text.
  public let string: String

  /// A text that is already known to be UTF-8, checked for what PostgreSQL's parser cannot take.
  public init(_ string: String) throws(AdmissionError) {
    try self.init(utf8: Array(string.utf8))
  }

  /// The bytes of a file or of standard input.
  ///
  /// - Throws: `AdmissionError` with the offset of the first byte that does not belong, or with the
  ///   bound that the text exceeds.
  public init(utf8 bytes: [UInt8]) throws(AdmissionError) {
    guard bytes.count <= StatementBounds.byteCount else { throw .tooLong(bytes: bytes.count) }
    if let offset = bytes.firstIndex(of: 0) { throw .containsNUL(byteOffset: offset) }
    let text = Array(bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(3) : bytes[...])
    guard let string = String(validating: text, as: UTF8.self) else {
      throw .invalidUTF8(byteOffset: Self.validPrefix(bytes))
    }
    let cost = ScannerCost(of: text)
    guard cost.commentLevels <= StatementBounds.commentNesting else {
      throw .commentsTooDeep(levels: cost.commentLevels)
    }
    guard cost.operatorSteps <= StatementBounds.operatorSteps else {
      throw .operatorsTooDense(longestRun: cost.longestRun)
    }
    self.string = string
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// How many bytes from the start are valid UTF-8.
  private static func validPrefix(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      offset += UTF8.width(scalar)
    }
    return offset
  }
}

/// What is refused before PostgreSQL's parser, which cannot be interrupted, sees it.
enum StatementBounds {
  /// Bytes of text.
  static let byteCount = 1 << 20
  /// Tokens: about 100 ms of parsing.
  static let tokenCount = 100_000
  /// Parameters of one statement: the protocol counts them in 16 bits.
  static let parameterCount = 65_535
  /// Levels of comments inside comments: the scanner's time is quadratic in them (10,000 take 11 s).
  static let commentNesting = 100
  /// Bytes that the scanner reads again, as ``ScannerCost`` counts them: at most half a second. 40,000 plus
  /// signs in a row are 800 million of them and take more than a minute.
  static let operatorSteps = 4 << 20
  /// Levels of the printed syntax tree, two for each chained operator and one for each UNION ALL.
  /// A server with its default `max_stack_depth` of 2 MB gives up at less than 10,000 of these for
  /// operators and 20,000 for UNION ALL.
  static let treeDepth = 15_000
}
