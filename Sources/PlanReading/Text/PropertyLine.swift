import ByteReading
import PlanModel

/// `Key: value`, taken apart.
struct PropertyLine {
  var key: Bytes
  /// Offset of the value in the line; at its end where there is none.
  var valueStart: Int

  /// `nil` where the line has no colon that ends a key.
  init?(_ line: Bytes) {
    guard let first = line.first, first.isLetter, let colon = Self.colon(of: line) else { return nil }
    key = line.slice(0..<colon)
    valueStart = min(colon + 2, line.count)
  }

  /// A colon ends a key where a blank or nothing follows; a key has no quotes.
  private static func colon(of line: Bytes) -> Int? {
    for offset in line.indices {
      switch line[offset] {
      case UInt8(ascii: ":") where offset + 1 == line.count || line[offset + 1] == 0x20: return offset
      case UInt8(ascii: "'"), UInt8(ascii: "\""): return nil
      default: break
      }
    }
    return nil
  }
}

/// What a property's value holds, told by its key.
enum PropertyKind {
  /// Kept verbatim.
  case verbatim
  /// Kept verbatim; a string literal or a quoted name in it may hold line breaks.
  case expression
  /// Kept verbatim; part of the node's type as well.
  case joinType
  case buffers, ioTimings, sort, hash, cache, jit

  init(key: String) { self = Array(key.utf8).withUnsafeBufferPointer { PropertyKind(key: $0) } }

  init(key: Bytes) {
    switch key {
    case "Buffers": self = .buffers
    case "I/O Timings": self = .ioTimings
    case "Sort Method": self = .sort
    case "Buckets", "Batches", "Planned Partitions": self = .hash
    case "Hits": self = .cache
    case "JIT": self = .jit
    case "Join Type": self = .joinType
    case "Output", "Order By", "Function Call", "Table Function Call", "Run Condition", "Sampling",
      "Remote SQL", "Projections", "Filters":
      self = .expression
    default:
      self =
        key.hasSuffix("Cond") || key.hasSuffix("Filter") || key.hasSuffix("Key") ? .expression : .verbatim
    }
  }
}

/// A key that was met before, with what its value holds.
struct KnownKey {
  var key: PropertyKey
  var kind: PropertyKind
  /// Begins a line on which further figures stand, with keys of their own.
  var isFirst: Bool
  /// Stands behind other figures: on a line of its own it is the rest of a broken line.
  var isLater: Bool

  private static let firstKeys: Set<String> = [
    "Sort Method", "Buckets", "Batches", "Planned Partitions", "Hits", "Full-sort Groups",
    "Pre-sorted Groups",
    "Storage",
  ]

  init(_ bytes: Bytes) {
    let name = bytes.text
    key = PropertyKey(name)
    kind = PropertyKind(key: bytes)
    isFirst = Self.firstKeys.contains(name)
    isLater = PlanOddities.laterKeys.contains(name)
  }
}

/// `InitPlan 1 (returns $0)`, `SubPlan 2`, `CTE name`: a line that says what the node below it is.
enum SubplanHeading {
  static func relationship(_ line: Bytes) -> PlanRelationship? {
    if line.hasPrefix("CTE ") { return .cte(line.from(4).text) }
    if line.hasPrefix("InitPlan ") { return .initPlan(line.text) }
    if line.hasPrefix("SubPlan ") { return .subPlan(line.text) }
    return nil
  }
}
