import ByteReading

/// One value of a ``JSONTree``: a view, cheap to copy.
public struct JSONValue: Sendable {
  let tree: JSONTree.Content
  let index: Int

  private var entry: JSONTree.Entry { tree.entries[index] }

  /// What this value is.
  public var kind: JSONTree.Kind { entry.kind }

  /// The text of a string, unescaped; `nil` for every other kind.
  public var string: String? { kind == .string || kind == .bare ? text : nil }

  /// The number as it is printed; `nil` for every other kind.
  public var numberText: String? {
    switch kind {
    case .number: text
    case .bare: isNumber ? text : nil
    default: nil
    }
  }

  /// The number, or `nil` where this is none.
  public var double: Double? {
    guard kind == .number || kind == .bare && isNumber else { return nil }
    return tree.bytes.withUnsafeBufferPointer { bytes in
      var scanner = ByteScanner(bytes.slice(Int(entry.start)..<Int(entry.end)))
      guard let number = scanner.number(), scanner.isAtEnd else { return Double(text) }
      return number
    }
  }

  /// The whole number, or `nil` where this is none.
  public var int: Int? { numberText.flatMap { Int($0) } }

  /// `true` or `false`, or `nil` where this is neither.
  public var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    case .bare: Bool(text)
    default: nil
    }
  }

  /// Digits with a sign, a point, an exponent: not the names of numbers that `Double` knows as well.
  private var isNumber: Bool {
    let bytes = tree.bytes[Int(entry.start)..<Int(entry.end)]
    guard let first = bytes.first(where: { $0 != UInt8(ascii: "-") }), first >= 0x30, first <= 0x39 else {
      return false
    }
    return Double(text) != nil
  }

  /// The bytes that this value takes in the document, brackets and quotes included.
  public var source: String {
    let quote = kind == .string ? 1 : 0
    return String(decoding: tree.bytes[(Int(entry.start) - quote)..<(Int(entry.end) + quote)], as: UTF8.self)
  }

  /// The values of an array in order; empty for every other kind.
  public var elements: [JSONValue] { kind == .array ? children(every: 1) : [] }

  /// The members of an object in order; empty for every other kind.
  public var members: [(key: String, value: JSONValue)] {
    guard kind == .object else { return [] }
    return children(every: 2).map { ($0.text, JSONValue(tree: tree, index: $0.index + 1)) }
  }

  /// Hands out the members of an object in order, each key as a range of the document's bytes: see
  /// ``JSONTree/withBytes(_:)``.
  public func forEachMember(_ body: (_ key: Range<Int>, _ value: JSONValue) -> Void) {
    guard kind == .object else { return }
    var key = index + 1
    while key < Int(entry.next) {
      let value = JSONValue(tree: tree, index: key + 1)
      body(Int(tree.entries[key].start)..<Int(tree.entries[key].end), value)
      key = Int(value.entry.next)
    }
  }

  /// The member of that name, or `nil` where this is no object or has none.
  public subscript(_ name: String) -> JSONValue? {
    guard kind == .object else { return nil }
    var key = index + 1
    while key < Int(entry.next) {
      let value = JSONValue(tree: tree, index: key + 1)
      if JSONValue(tree: tree, index: key).textEquals(name) { return value }
      key = Int(value.entry.next)
    }
    return nil
  }

  private func textEquals(_ name: String) -> Bool {
    tree.bytes[Int(entry.start)..<Int(entry.end)].elementsEqual(name.utf8)
  }

  private var text: String {
    let bytes = tree.bytes[Int(entry.start)..<Int(entry.end)]
    return entry.escaped ? JSONEscapes.unescaped(bytes) : String(decoding: bytes, as: UTF8.self)
  }

  /// The values directly inside this container; of an object, with a stride of 2, its keys.
  private func children(every stride: Int) -> [JSONValue] {
    let first = index + 1
    let starts = sequence(first: first) { Int(tree.entries[$0 + stride - 1].next) }
    return starts.prefix { $0 < Int(entry.next) }.map { JSONValue(tree: tree, index: $0) }
  }
}
