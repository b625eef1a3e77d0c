import PlanModel

/// Writes the lines of figures that nodes and workers have in common.
struct FigureText {
  let dialect: TextDialect

  /// `Buffers` and `I/O Timings`.
  func usage(_ buffers: BufferUsage?, _ timings: IOTimings?) -> [String] {
    [
      buffers.flatMap(Self.words).map { "Buffers: " + $0 },
      timings.flatMap(words).map { "I/O Timings: " + $0 },
    ].compactMap { $0 }
  }

  func usage(of node: PlanNode) -> [String] { usage(node.buffers, node.ioTimings) }

  // MARK: Blocks and their times

  private static func words(_ buffers: BufferUsage) -> String? {
    joined([
      group(
        "shared",
        [
          ("hit", buffers.sharedHitBlocks), ("read", buffers.sharedReadBlocks),
          ("dirtied", buffers.sharedDirtiedBlocks), ("written", buffers.sharedWrittenBlocks),
        ], decimals: 0),
      group(
        "local",
        [
          ("hit", buffers.localHitBlocks), ("read", buffers.localReadBlocks),
          ("dirtied", buffers.localDirtiedBlocks), ("written", buffers.localWrittenBlocks),
        ], decimals: 0),
      group("temp", [("read", buffers.tempReadBlocks), ("written", buffers.tempWrittenBlocks)], decimals: 0),
    ])
  }

  private func words(_ timings: IOTimings) -> String? {
    let shared =
      switch dialect.ioTimings {
      case .unnamed: ""
      case .together: "shared/local"
      case .sharedAndLocal: "shared"
      }
    return Self.joined([
      Self.group(shared, [("read", timings.sharedRead), ("write", timings.sharedWrite)], decimals: 3),
      Self.group("local", [("read", timings.localRead), ("write", timings.localWrite)], decimals: 3),
      Self.group("temp", [("read", timings.tempRead), ("write", timings.tempWrite)], decimals: 3),
    ])
  }

  /// `shared hit=1 read=2`; `nil` where all is 0.
  private static func group(_ name: String, _ figures: [(String, Double)], decimals: Int) -> String? {
    let words = figures.filter { $0.1 != 0 }.map { "\($0.0)=\($0.1.fixed(decimals))" }
    guard !words.isEmpty else { return nil }
    return (name.isEmpty ? "" : name + " ") + words.joined(separator: " ")
  }

  private static func joined(_ groups: [String?]) -> String? {
    let printed = groups.compactMap { $0 }
    return printed.isEmpty ? nil : printed.joined(separator: ", ")
  }

  // MARK: Sorts, hash tables, caches

  static func sortLine(_ sort: SortUsage) -> String {
    let space = sort.spaceUsed.map { "  \(sort.isOnDisk ? "Disk" : "Memory"): \($0.fixed(0))kB" }
    return "Sort Method: \(sort.method)" + (space ?? "")
  }

  static func hashLine(_ holder: PlanNode) -> String? { holder.hash.flatMap(line) }

  static func line(_ hash: HashUsage) -> String? {
    // Both are printed as soon as one of them changed.
    let isChanged = hash.originalBuckets != nil || hash.originalBatches != nil
    let hasOriginals = isChanged && hash.buckets != nil
    let pairs = [
      hash.plannedPartitions.map { "Planned Partitions: " + $0.fixed(0) },
      count("Buckets", hash.buckets, hash.originalBuckets, hasOriginals),
      count("Batches", hash.batches, hash.originalBatches, hasOriginals),
      hash.peakMemory.map { "Memory Usage: \($0.fixed(0))kB" },
      hash.diskUsage.map { "Disk Usage: \($0.fixed(0))kB" },
    ].compactMap { $0 }
    return pairs.isEmpty ? nil : pairs.joined(separator: "  ")
  }

  private static func count(
    _ name: String, _ number: Double?, _ original: Double?, _ hasOriginal: Bool
  ) -> String? {
    guard let number else { return nil }
    let planned = hasOriginal ? " (originally \((original ?? number).fixed(0)))" : ""
    return "\(name): \(number.fixed(0))\(planned)"
  }

  /// `Hits: 2  Misses: 1  Evictions: 0  Overflows: 0  Memory Usage: 1kB`.
  static func cacheLine(_ properties: [PlanProperty], _ hash: HashUsage?) -> String {
    let cache: Set<PropertyKey> = [.cacheHits, .cacheMisses, .cacheEvictions, .cacheOverflows, .memoryUsage]
    let pairs = properties.filter { cache.contains($0.key) }.map { "\($0.key.name): \($0.value)" }
    return (pairs + [hash.flatMap(line)].compactMap { $0 }).joined(separator: "  ")
  }
}
