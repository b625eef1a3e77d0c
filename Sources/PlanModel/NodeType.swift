/// The kind of a plan node. An open set: a server's new node keeps its printed name.
public struct NodeType: Sendable, Equatable, Hashable {
  /// PostgreSQL's name without attributes: `Seq Scan`, `Hash Join`, `Aggregate`, `Full Scan (btree-table)`.
  public var name: String { didSet { kind = NodeKind(name: name) } }
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
  /// What ``name`` says. An initializer in an extension hands the name on: there no observer runs.
  private(set) var kind: NodeKind?

  /// A node type without attributes.
  public init(_ name: String) {
    self.name = name
    kind = NodeKind(name: name)
  }
}

extension NodeType {
  /// Reads every row of a table: `Seq Scan`, and Aurora DSQL's `Full Scan (btree-table)`.
  public var isFullScan: Bool { kind == .fullScan }

  /// One of PostgreSQL's three joins, Aurora DSQL's batched form included.
  public var isJoin: Bool { isNestedLoop || kind == .hashJoin || kind == .mergeJoin }

  /// `Nested Loop`, with or without Aurora DSQL's `(Batched Join)`.
  public var isNestedLoop: Bool { kind == .nestedLoop }

  /// `Gather` or `Gather Merge`: below it, work is shared among processes.
  public var isGather: Bool { kind == .gather }

  /// Part of a bitmap: builds no rows, and reports 0 rows where it combines (`BitmapAnd`, `BitmapOr`).
  public var isBitmapBuilder: Bool { isBitmapIndexScan || isBitmapCombination }

  /// `Bitmap Index Scan`: its index stands where other scans have their table.
  public var isBitmapIndexScan: Bool { kind == .bitmapIndexScan }

  /// Combines bitmaps.
  var isBitmapCombination: Bool { kind == .bitmapCombination }

  /// Aurora DSQL's storage layer: prints rows but no time.
  public var isStorageNode: Bool { kind == .storageNode }
}
