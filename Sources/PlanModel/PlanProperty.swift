/// One `Key: value` line, verbatim.
public struct PlanProperty: Sendable, Equatable {
  /// The text before the colon.
  public var key: PropertyKey
  /// The text after the colon and its blank. Lists of JSON are joined with `, ` as TEXT prints them.
  public var value: String

  /// A property as printed.
  public init(_ key: PropertyKey, _ value: String) {
    self.key = key
    self.value = value
  }
}

/// The name of a property: an open set, the known ones spelt here once.
public struct PropertyKey: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The key as EXPLAIN prints it.
  public var name: String

  /// A key by its printed name.
  public init(_ name: String) { self.name = name }

  /// A key by its printed name.
  public init(stringLiteral name: String) { self.name = name }

  /// Columns that the node hands on; printed with VERBOSE.
  public static let output: PropertyKey = "Output"
  /// Condition checked on every row that the node has read.
  public static let filter: PropertyKey = "Filter"
  /// Condition that bounds what is read of the index.
  public static let indexCond: PropertyKey = "Index Cond"
  /// Condition that a bitmap scan checks again on lossy pages, and a batched join on every row.
  public static let recheckCond: PropertyKey = "Recheck Cond"
  /// Condition of a join that its method does not check.
  public static let joinFilter: PropertyKey = "Join Filter"
  /// Equalities that a hash join looks up.
  public static let hashCond: PropertyKey = "Hash Cond"
  /// Equalities that a merge join walks along.
  public static let mergeCond: PropertyKey = "Merge Cond"
  /// Distance order that an index scan delivers.
  public static let orderBy: PropertyKey = "Order By"
  /// Sort columns, with direction and collation where not the default.
  public static let sortKey: PropertyKey = "Sort Key"
  /// Sort columns by which an incremental sort gets its input ordered.
  public static let presortedKey: PropertyKey = "Presorted Key"
  /// Grouping columns; one line for each grouping set.
  public static let groupKey: PropertyKey = "Group Key"
  /// Condition of a Result that is checked once, before anything is read.
  public static let oneTimeFilter: PropertyKey = "One-Time Filter"
  /// Row addresses that a TID scan reads.
  public static let tidCond: PropertyKey = "TID Cond"
  /// Rows that `Filter` discarded, per loop.
  public static let rowsRemovedByFilter: PropertyKey = "Rows Removed by Filter"
  /// Rows that `Join Filter` discarded, per loop.
  public static let rowsRemovedByJoinFilter: PropertyKey = "Rows Removed by Join Filter"
  /// Rows that `Recheck Cond` or a lossy index discarded, per loop.
  public static let rowsRemovedByIndexRecheck: PropertyKey = "Rows Removed by Index Recheck"
  /// Rows of an index-only scan for which the table had to be visited, over all loops.
  public static let heapFetches: PropertyKey = "Heap Fetches"
  /// Pages of a bitmap heap scan, `exact=` and `lossy=`.
  public static let heapBlocks: PropertyKey = "Heap Blocks"
  /// Parallel workers that the plan asks for.
  public static let workersPlanned: PropertyKey = "Workers Planned"
  /// Parallel workers that the server could start; over all loops the latest figure.
  public static let workersLaunched: PropertyKey = "Workers Launched"
  /// The plan below a Gather runs once, in one worker.
  public static let singleCopy: PropertyKey = "Single Copy"
  /// InitPlans that a Gather evaluated before it started workers, up to release 16.
  public static let paramsEvaluated: PropertyKey = "Params Evaluated"
  /// At most one inner row matches an outer row, so a join stops at the first; printed with VERBOSE.
  public static let innerUnique: PropertyKey = "Inner Unique"
  /// The node was chosen although a planner setting disables its kind, from release 18 on.
  public static let disabled: PropertyKey = "Disabled"
  /// Members of an Append that partition pruning left out at start.
  public static let subplansRemoved: PropertyKey = "Subplans Removed"
  /// Targets of a ModifyTable besides the one it names; TEXT prints them as `Update on x x_1`.
  public static let targetTable: PropertyKey = "Target Table"
  /// Such a target that is a foreign table: `Foreign Update on x x_1`. JSON does not tell it from others.
  public static let foreignTargetTable: PropertyKey = "Foreign Target Table"
  /// Lookups that a Memoize node answered from memory. TEXT prints the four on one line.
  public static let cacheHits: PropertyKey = "Hits"
  /// Lookups of a Memoize node that ran the plan below.
  public static let cacheMisses: PropertyKey = "Misses"
  /// Entries that a Memoize node threw out for lack of memory.
  public static let cacheEvictions: PropertyKey = "Evictions"
  /// Entries that alone were too large for the memory of a Memoize node.
  public static let cacheOverflows: PropertyKey = "Overflows"
  /// Memory of a cache whose size could not be read as a number.
  public static let memoryUsage: PropertyKey = "Memory Usage"
  /// Write-ahead log that the node and those below it wrote.
  public static let wal: PropertyKey = "WAL"
  /// Aurora DSQL: the join type of a batched join; it stands in ``NodeType/joinType`` as well.
  public static let joinType: PropertyKey = "Join Type"
  /// Aurora DSQL: columns that storage sends.
  public static let projections: PropertyKey = "Projections"
  /// Aurora DSQL: the storage filter, evaluated before rows are sent.
  public static let storageFilters: PropertyKey = "Filters"
  /// Aurora DSQL: rows that the storage filter discarded, per loop.
  public static let rowsFiltered: PropertyKey = "Rows Filtered"
}
