import ByteReading
import PlanModel

/// `Key: value` pairs that share a line, two blanks between them.
struct FigurePairs: Sequence, IteratorProtocol {
  private var key: String?
  private var rest: Bytes

  /// Pairs whose first key was read already.
  init(first key: String, rest: Bytes) {
    self.key = key
    self.rest = rest
  }

  mutating func next() -> (key: String, value: Bytes)? {
    guard let key else { return nil }
    let end = rest.offset(of: "  ") ?? rest.count
    let value = rest.slice(0..<end)
    rest = rest.from(end).trimmed
    self.key = nil
    if let colon = rest.offset(of: ": ") {
      self.key = rest.slice(0..<colon).text
      rest = rest.from(colon + 2)
    }
    return (key, value)
  }
}

extension SortUsage {
  /// `external merge  Disk: 1234kB`.
  init?(printed value: Bytes) {
    var pairs = FigurePairs(first: "Sort Method", rest: value)
    guard let method = pairs.next(), !method.value.isEmpty else { return nil }
    self.init(method: method.value.text, spaceUsed: nil, isOnDisk: false)
    guard let space = pairs.next() else { return }
    guard let kilobytes = Kilobytes.read(space.value), space.key == "Memory" || space.key == "Disk",
      pairs.next() == nil
    else { return nil }
    spaceUsed = kilobytes
    isOnDisk = space.key == "Disk"
  }
}

extension HashUsage {
  /// Takes one pair of a line; `false` where the key or the value is none of a hash table's.
  mutating func take(_ pair: (key: String, value: Bytes)) -> Bool {
    switch pair.key {
    case "Buckets": return take(pair.value, \.buckets, \.originalBuckets)
    case "Batches": return take(pair.value, \.batches, \.originalBatches)
    case "Planned Partitions": return take(Double(pair.value.text), \.plannedPartitions)
    case "Memory Usage": return take(Kilobytes.read(pair.value), \.peakMemory)
    case "Disk Usage": return take(Kilobytes.read(pair.value), \.diskUsage)
    default: return false
    }
  }

  private mutating func take(_ number: Double?, _ path: WritableKeyPath<HashUsage, Double?>) -> Bool {
    guard let number else { return false }
    self[keyPath: path] = number
    return true
  }

  /// `1024` or `1024 (originally 512)`.
  private mutating func take(
    _ value: Bytes, _ path: WritableKeyPath<HashUsage, Double?>,
    _ plannedPath: WritableKeyPath<HashUsage, Double?>
  ) -> Bool {
    var scanner = ByteScanner(value)
    guard let number = scanner.number() else { return false }
    var original: Double?
    if scanner.take(" (originally ") {
      original = scanner.number()
      guard scanner.take(")") else { return false }
    }
    guard scanner.isAtEnd else { return false }
    self[keyPath: path] = number
    self[keyPath: plannedPath] = original == number ? nil : original
    return true
  }
}

/// `25kB`.
enum Kilobytes {
  static func read(_ text: Bytes) -> Double? {
    var scanner = ByteScanner(text)
    guard let number = scanner.number(), scanner.take("kB"), scanner.isAtEnd else { return nil }
    return number
  }
}

extension BufferUsage {
  /// `shared hit=1 read=2, temp read=3 written=4`; `nil` where something else stands there.
  init?(printed value: Bytes) {
    self.init()
    for figure in ClassedFigures(value) {
      guard let figure, take(figure) else { return nil }
    }
  }

  private mutating func take(_ figure: ClassedFigure) -> Bool {
    switch figure.kind {
    case "shared":
      Self.take(
        figure, hit: &sharedHitBlocks, read: &sharedReadBlocks, dirtied: &sharedDirtiedBlocks,
        written: &sharedWrittenBlocks)
    case "local":
      Self.take(
        figure, hit: &localHitBlocks, read: &localReadBlocks, dirtied: &localDirtiedBlocks,
        written: &localWrittenBlocks)
    case "temp": takeTemporary(figure)
    default: false
    }
  }

  private static func take(
    _ figure: ClassedFigure, hit: inout Double, read: inout Double, dirtied: inout Double,
    written: inout Double
  ) -> Bool {
    switch figure.key {
    case "hit": hit = figure.value
    case "read": read = figure.value
    case "dirtied": dirtied = figure.value
    case "written": written = figure.value
    default: return false
    }
    return true
  }

  private mutating func takeTemporary(_ figure: ClassedFigure) -> Bool {
    switch figure.key {
    case "read": tempReadBlocks = figure.value
    case "written": tempWrittenBlocks = figure.value
    default: return false
    }
    return true
  }
}

extension IOTimings {
  /// `shared read=0.078 write=0.001, temp read=…`; up to release 14 without a class.
  init?(printed value: Bytes) {
    self.init()
    for figure in ClassedFigures(value) {
      guard let figure, take(figure) else { return nil }
    }
  }

  private mutating func take(_ figure: ClassedFigure) -> Bool {
    switch (figure.kind, figure.key) {
    case ("", "read"), ("shared", "read"), ("shared/local", "read"): sharedRead = figure.value
    case ("", "write"), ("shared", "write"), ("shared/local", "write"): sharedWrite = figure.value
    case ("local", "read"): localRead = figure.value
    case ("local", "write"): localWrite = figure.value
    case ("temp", "read"): tempRead = figure.value
    case ("temp", "write"): tempWrite = figure.value
    default: return false
    }
    return true
  }
}

private typealias ClassedFigure = (kind: Bytes, key: Bytes, value: Double)

/// `class key=number key=number, class key=number`; an element is `nil` where the form is broken.
private struct ClassedFigures: Sequence, IteratorProtocol {
  typealias Element = ClassedFigure?

  private var scanner: ByteScanner
  private var kind: Bytes

  init(_ text: Bytes) {
    scanner = ByteScanner(text)
    kind = text.slice(0..<0)
  }

  mutating func next() -> Element? {
    guard !scanner.isAtEnd else { return nil }
    if scanner.take(", ") { kind = scanner.bytes.slice(0..<0) }
    scanner.skipBlanks()
    var word = scanner.takeUntil { $0 == 0x20 || $0 == UInt8(ascii: "=") }
    if scanner.take(" ") {
      kind = word
      word = scanner.takeUntil { $0 == UInt8(ascii: "=") }
    }
    guard scanner.take("="), let value = scanner.number() else {
      scanner.position = scanner.bytes.count
      return .some(nil)
    }
    return (kind, word, value)
  }
}

extension JITSummary {
  /// Keeps a line of the block and the figures in it.
  mutating func take(_ key: PropertyKey, _ value: String) {
    properties.append(PlanProperty(key, value))
    switch key.name {
    case "Functions": functions = Double(value)
    case "Timing":
      guard let total = value.firstRange(of: "Total ") else { return }
      totalTime = Double(value[total.upperBound...].prefix { $0 != " " })
    default: break
    }
  }
}
