import PlanModel

/// `Key: value`, taken apart.
struct PropertyLine {
  var key: Bytes
  /// Offset of the value in the line; at its end where there is none.
  var valueStart: Int

  /// `nil` where the line has no colon that ends a key.
  init?(_ line: Bytes) {
    guard let first = line.first, first.isLetter else { return nil }
    var colon = line.offset(of: UInt8(ascii: ":"))
    while let at = colon {
      if at + 1 == line.count || line[at + 1] == 0x20 {
        key = line.slice(0..<at)
        valueStart = min(at + 2, line.count)
        if key.contains(where: { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }) { return nil }
        return
      }
      colon = line.offset(of: UInt8(ascii: ":"), from: at + 1)
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
  case buffers, ioTimings, sort, hash, cache, jit

  init(key: String) {
    switch key {
    case "Buffers": self = .buffers
    case "I/O Timings": self = .ioTimings
    case "Sort Method": self = .sort
    case "Buckets", "Batches", "Planned Partitions": self = .hash
    case "Hits": self = .cache
    case "JIT": self = .jit
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
  /// Stands behind other figures: on a line of its own it is the rest of a broken line.
  var isLater: Bool

  init(_ bytes: Bytes) {
    let name = bytes.text
    key = PropertyKey(name)
    kind = PropertyKind(key: name)
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
