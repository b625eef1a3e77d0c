/// A constant or an entry of `pg_stats`, read from its text so that it can be compared.
struct ColumnValue: Equatable {
  /// Where a value stands among others of its type.
  enum Order: Equatable {
    case number(Double)
    case bytes([UInt8])
    case none
  }

  /// Equal values have equal keys: `1.50` and `1.5`.
  let key: String
  /// Where it stands.
  let order: Order

  /// `nil` where the text is no value of the type as PostgreSQL prints it with the ISO date style.
  init?(_ text: String, type: ValueType) {
    guard let value = Self.read(text, type) else { return nil }
    self = value
  }

  private init(key: String, order: Order) {
    self.key = key
    self.order = order
  }

  private init(_ number: Double) { self.init(key: "\(number)", order: .number(number)) }

  private static func read(_ text: String, _ type: ValueType) -> ColumnValue? {
    switch type {
    case .number: number(text)
    case .boolean: boolean(text)
    case .text: bytes(text)
    case .paddedText: bytes(String(text.trimmingTrailingBlanks))
    case .date, .timestamp, .zonedTimestamp, .time, .interval: TimeText.seconds(text, type).map { .init($0) }
    case .uuid: bytes(text.lowercased().filter { $0 != "-" })
    case .address: AddressText.scalar(text).map { .init($0) }
    case .unordered: ColumnValue(key: text, order: .none)
    }
  }

  private static func bytes(_ text: String) -> ColumnValue {
    ColumnValue(key: text, order: .bytes(Array(text.utf8)))
  }

  private static func boolean(_ text: String) -> ColumnValue? {
    guard let first = text.first, "tf".contains(first) else { return nil }
    return ColumnValue(first == "t" ? 1 : 0)
  }

  private static func number(_ text: String) -> ColumnValue? {
    guard let number = Double(text), !number.isNaN else { return nil }
    return ColumnValue(key: canonical(text), order: .number(number))
  }

  /// Without the zeros at the end of a fraction, which `numeric` keeps.
  private static func canonical(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var digits = Substring(text)
    while digits.hasSuffix("0") { digits = digits.dropLast() }
    return String(digits.hasSuffix(".") ? digits.dropLast() : digits)
  }

  /// Whether it stands before another one; `nil` without an order.
  func isLess(than other: ColumnValue) -> Bool? {
    switch (order, other.order) {
    case (.number(let a), .number(let b)): a < b
    case (.bytes(let a), .bytes(let b)): a.lexicographicallyPrecedes(b)
    default: nil
    }
  }
}

extension String {
  /// `character(n)` is compared without the blanks that fill it.
  fileprivate var trimmingTrailingBlanks: Substring {
    var text = Substring(self)
    while text.hasSuffix(" ") { text = text.dropLast() }
    return text
  }
}
