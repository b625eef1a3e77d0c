import PlanModel

extension NodeType {
  /// A type from the words that TEXT prints before `using` and `on`.
  init(printed words: String) {
    var rest = Substring(words)
    self.init("")
    isParallelAware = rest.dropPrefix("Parallel ")
    isAsync = rest.dropPrefix("Async ")
    partialMode = rest.dropPrefix("Partial ") ? "Partial" : rest.dropPrefix("Finalize ") ? "Finalize" : nil
    isBackward = rest.dropSuffix(" Backward")
    name = String(rest)
    _ = readJoin(rest) || readAggregate(rest) || readSetOperation(rest) || readModification(rest)
  }

  /// `Hash Left Join`, `Nested Loop Semi Join`.
  private mutating func readJoin(_ words: Substring) -> Bool {
    for (prefix, join) in [("Hash ", "Hash Join"), ("Merge ", "Merge Join"), ("Nested Loop ", "Nested Loop")]
    {
      var type = words
      guard type.dropPrefix(prefix), type.dropSuffix(" Join") else { continue }
      name = join
      joinType = String(type)
      return true
    }
    return false
  }

  private mutating func readAggregate(_ words: Substring) -> Bool {
    switch words {
    case "GroupAggregate": strategy = "Sorted"
    case "HashAggregate": strategy = "Hashed"
    case "MixedAggregate": strategy = "Mixed"
    default: return false
    }
    name = "Aggregate"
    return true
  }

  private mutating func readSetOperation(_ words: Substring) -> Bool {
    var operation = words
    if operation.dropPrefix("SetOp ") {
      strategy = "Sorted"
    } else if operation.dropPrefix("HashSetOp ") {
      strategy = "Hashed"
    } else {
      return false
    }
    name = "SetOp"
    command = String(operation)
    return true
  }

  private mutating func readModification(_ words: Substring) -> Bool {
    var operation = words
    let isForeign = operation.dropPrefix("Foreign ")
    guard Self.modifications.contains(String(operation)) else { return false }
    name = isForeign ? "Foreign Scan" : "ModifyTable"
    command = String(operation)
    return true
  }

  static let modifications: Set<String> = ["Insert", "Update", "Delete", "Merge"]

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

extension Substring {
  fileprivate mutating func dropPrefix(_ prefix: String) -> Bool {
    guard hasPrefix(prefix) else { return false }
    removeFirst(prefix.count)
    return true
  }

  fileprivate mutating func dropSuffix(_ suffix: String) -> Bool {
    guard hasSuffix(suffix) else { return false }
    removeLast(suffix.count)
    return true
  }
}
