import PlanModel

/// A node or one of its workers: both print sort, hash and buffer lines of the same form.
protocol FigureHolder {
  var sort: SortUsage? { get set }
  var hash: HashUsage? { get set }
  var buffers: BufferUsage? { get set }
  var ioTimings: IOTimings? { get set }
  var properties: [PlanProperty] { get set }
}

extension PlanNode: FigureHolder {}
extension WorkerExecution: FigureHolder {}

extension FigureHolder {
  /// Keeps a property in its typed place, or verbatim where it has none or is not of the expected form.
  mutating func take(_ known: KnownKey, _ value: Bytes) {
    let isTaken =
      switch known.kind {
      case .verbatim, .expression, .joinType, .jit: false
      case .buffers: Self.keep(BufferUsage(printed: value), in: &buffers)
      case .ioTimings: Self.keep(IOTimings(printed: value), in: &ioTimings)
      case .sort: Self.keep(SortUsage(printed: value), in: &sort)
      case .hash: takeHash(known.key, value)
      case .cache: takeCache(known.key, value)
      }
    guard !isTaken else { return }
    // Most nodes have up to four; room for one, two and four in turn would be twice as much.
    if properties.isEmpty { properties.reserveCapacity(4) }
    properties.append(PlanProperty(known.key, value.text))
  }

  private static func keep<Figures>(_ figures: Figures?, in place: inout Figures?) -> Bool {
    guard let figures else { return false }
    place = figures
    return true
  }

  /// `Buckets: 1024  Batches: 1  Memory Usage: 40kB` and its relatives.
  private mutating func takeHash(_ key: PropertyKey, _ value: Bytes) -> Bool {
    var usage = hash ?? HashUsage()
    for pair in FigurePairs(first: key.name, rest: value) {
      guard usage.take(pair) else { return false }
    }
    hash = usage
    return true
  }

  /// `Hits: 2  Misses: 1  Evictions: 0  Overflows: 0  Memory Usage: 1kB`.
  private mutating func takeCache(_ key: PropertyKey, _ value: Bytes) -> Bool {
    for pair in FigurePairs(first: key.name, rest: value) {
      var usage = hash ?? HashUsage()
      if usage.take(pair) {
        hash = usage
      } else {
        properties.append(PlanProperty(PropertyKey(pair.key), pair.value.text))
      }
    }
    return true
  }
}
