/// The kind of a plan node. An open set: a server's new node keeps its printed name.
public struct NodeType: Sendable, Equatable, Hashable {
  /// PostgreSQL's name without attributes: `Seq Scan`, `Hash Join`, `Aggregate`, `Full Scan (btree-table)`.
  public var name: String
  /// `Parallel …`: the node takes part in sharing work among processes.
  public var isParallelAware = false
  /// `Async …`: the node runs asynchronously under an Append.
  public var isAsync = false
  /// `… Backward`: an index read from its end.
  public var isBackward = false
  /// `Left`, `Right`, `Full`, `Semi`, `Anti`, `Right Anti`…; `nil` for inner joins and other nodes.
  public var joinType: String?
  /// `Partial` or `Finalize`: one half of a two-step aggregate.
  public var partialMode: String?
  /// How an Aggregate or SetOp works: `Hashed`, `Sorted`, `Mixed`; `nil` is plain.
  public var strategy: String?
  /// What a SetOp or a ModifyTable does: `Except All`, `Update`.
  public var command: String?

  /// A node type without attributes.
  public init(_ name: String) { self.name = name }
}

extension NodeType {
  /// Reads every row of a table: `Seq Scan`, and Aurora DSQL's `Full Scan (btree-table)`.
  public var isFullScan: Bool { name == "Seq Scan" || name == "Full Scan (btree-table)" }

  /// One of PostgreSQL's three joins, Aurora DSQL's batched form included.
  public var isJoin: Bool { isNestedLoop || name == "Hash Join" || name == "Merge Join" }

  /// `Nested Loop`, with or without Aurora DSQL's `(Batched Join)`.
  public var isNestedLoop: Bool { name == "Nested Loop" || name == "Nested Loop (Batched Join)" }

  /// `Gather` or `Gather Merge`: below it, work is shared among processes.
  public var isGather: Bool { name == "Gather" || name == "Gather Merge" }

  /// Part of a bitmap: builds no rows, and reports 0 rows where it combines (`BitmapAnd`, `BitmapOr`).
  public var isBitmapBuilder: Bool {
    name == "Bitmap Index Scan" || isBitmapCombination
  }

  /// Combines bitmaps.
  var isBitmapCombination: Bool { name == "BitmapAnd" || name == "BitmapOr" }

  /// Aurora DSQL's storage layer: prints rows but no time.
  public var isStorageNode: Bool {
    switch name {
    case "Storage Scan", "B-Tree Scan", "Storage Lookup", "B-Tree Lookup": true
    default: false
    }
  }
}
