/// The node types that the arithmetic of plans treats in ways of their own: every node is asked for these.
enum NodeKind: Sendable {
  case append, gather
  case nestedLoop, hashJoin, mergeJoin
  case hash, sort, limit, aggregate, setOperation, modifyTable
  case cteScan, fullScan, bitmapHeapScan, bitmapIndexScan, bitmapCombination
  /// Aurora DSQL's storage layer.
  case storageNode

  /// `nil` for a name that is none of these.
  init?(name: String) {
    guard let kind = Self.byName[name] else { return nil }
    self = kind
  }

  private static let byName: [String: NodeKind] = [
    "Append": .append, "Merge Append": .append, "Gather": .gather, "Gather Merge": .gather,
    "Nested Loop": .nestedLoop, "Nested Loop (Batched Join)": .nestedLoop, "Hash Join": .hashJoin,
    "Merge Join": .mergeJoin, "Hash": .hash, "Sort": .sort, "Limit": .limit, "Aggregate": .aggregate,
    "SetOp": .setOperation, "ModifyTable": .modifyTable, "CTE Scan": .cteScan, "Seq Scan": .fullScan,
    "Full Scan (btree-table)": .fullScan, "Bitmap Heap Scan": .bitmapHeapScan,
    "Bitmap Index Scan": .bitmapIndexScan, "BitmapAnd": .bitmapCombination, "BitmapOr": .bitmapCombination,
    "Storage Scan": .storageNode, "Storage Lookup": .storageNode, "B-Tree Scan": .storageNode,
    "B-Tree Lookup": .storageNode,
  ]
}
