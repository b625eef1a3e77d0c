import ByteReading
import PlanModel

extension NodeType {
  /// A type from the words that TEXT prints before `using` and `on`.
  init(printed words: Bytes) {
    var rest = words
    let isParallelAware = rest.dropPrefix("Parallel ")
    let isAsync = rest.dropPrefix("Async ")
    let partialMode =
      rest.dropPrefix("Partial ") ? "Partial" : rest.dropPrefix("Finalize ") ? "Finalize" : nil
    let isBackward = rest.dropSuffix(" Backward")
    self.init(rest.text)
    self.isParallelAware = isParallelAware
    self.isAsync = isAsync
    self.partialMode = partialMode
    self.isBackward = isBackward
    _ = readJoin(rest) || readAggregate(rest) || readSetOperation(rest) || readModification(rest)
  }

  /// `Hash Left Join`, `Nested Loop Semi Join`.
  private mutating func readJoin(_ words: Bytes) -> Bool {
    var type = words
    guard type.dropSuffix(" Join") else { return false }
    if type.dropPrefix("Hash ") {
      name = "Hash Join"
    } else if type.dropPrefix("Merge ") {
      name = "Merge Join"
    } else if type.dropPrefix("Nested Loop ") {
      name = "Nested Loop"
    } else {
      return false
    }
    joinType = type.text
    return true
  }

  private mutating func readAggregate(_ words: Bytes) -> Bool {
    switch words {
    case "GroupAggregate": strategy = "Sorted"
    case "HashAggregate": strategy = "Hashed"
    case "MixedAggregate": strategy = "Mixed"
    default: return false
    }
    name = "Aggregate"
    return true
  }

  private mutating func readSetOperation(_ words: Bytes) -> Bool {
    var operation = words
    if operation.dropPrefix("SetOp ") {
      strategy = "Sorted"
    } else if operation.dropPrefix("HashSetOp ") {
      strategy = "Hashed"
    } else {
      return false
    }
    name = "SetOp"
    command = operation.text
    return true
  }

  private mutating func readModification(_ words: Bytes) -> Bool {
    var operation = words
    let isForeign = operation.dropPrefix("Foreign ")
    guard Self.isModification(operation) else { return false }
    name = isForeign ? "Foreign Scan" : "ModifyTable"
    command = operation.text
    return true
  }

  /// Whether this is what a ModifyTable does.
  static func isModification(_ word: Bytes) -> Bool {
    switch word {
    case "Insert", "Update", "Delete", "Merge": true
    default: false
    }
  }

  /// Whether PostgreSQL (up to 18) or Aurora DSQL prints nodes of this name.
  var isKnown: Bool { Self.known.contains(name) || name.hasPrefix("Custom Scan (") }

  private static let known: Set<String> = [
    "Aggregate", "Append", "Bitmap Heap Scan", "Bitmap Index Scan", "BitmapAnd", "BitmapOr", "CTE Scan",
    "Foreign Scan", "Function Scan", "Gather", "Gather Merge", "Group", "Hash", "Hash Join",
    "Incremental Sort", "Index Only Scan", "Index Scan", "Limit", "LockRows", "Materialize", "Memoize",
    "Merge Append", "Merge Join", "ModifyTable", "Named Tuplestore Scan", "Nested Loop", "ProjectSet",
    "Recursive Union", "Result", "Sample Scan", "Seq Scan", "SetOp", "Sort", "Subquery Scan",
    "Table Function Scan", "Tid Range Scan", "Tid Scan", "Unique", "Values Scan", "WindowAgg",
    "WorkTable Scan", "B-Tree Lookup", "B-Tree Scan", "Full Scan (btree-table)",
    "Nested Loop (Batched Join)", "Storage Lookup", "Storage Scan",
  ]
}

extension Bytes {
  fileprivate mutating func dropPrefix(_ prefix: StaticString) -> Bool {
    guard hasPrefix(prefix) else { return false }
    self = from(prefix.utf8CodeUnitCount)
    return true
  }

  fileprivate mutating func dropSuffix(_ suffix: StaticString) -> Bool {
    guard hasSuffix(suffix) else { return false }
    self = slice(0..<count - suffix.utf8CodeUnitCount)
    return true
  }
}
