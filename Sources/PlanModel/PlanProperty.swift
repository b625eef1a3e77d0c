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

  public static let output: PropertyKey = "Output"
  public static let filter: PropertyKey = "Filter"
  public static let indexCond: PropertyKey = "Index Cond"
  public static let recheckCond: PropertyKey = "Recheck Cond"
  public static let joinFilter: PropertyKey = "Join Filter"
  public static let hashCond: PropertyKey = "Hash Cond"
  public static let mergeCond: PropertyKey = "Merge Cond"
  public static let orderBy: PropertyKey = "Order By"
  public static let sortKey: PropertyKey = "Sort Key"
  public static let presortedKey: PropertyKey = "Presorted Key"
  public static let groupKey: PropertyKey = "Group Key"
  public static let oneTimeFilter: PropertyKey = "One-Time Filter"
  public static let tidCond: PropertyKey = "TID Cond"
  public static let rowsRemovedByFilter: PropertyKey = "Rows Removed by Filter"
  public static let rowsRemovedByJoinFilter: PropertyKey = "Rows Removed by Join Filter"
  public static let rowsRemovedByIndexRecheck: PropertyKey = "Rows Removed by Index Recheck"
  public static let heapFetches: PropertyKey = "Heap Fetches"
  public static let heapBlocks: PropertyKey = "Heap Blocks"
  public static let workersPlanned: PropertyKey = "Workers Planned"
  public static let workersLaunched: PropertyKey = "Workers Launched"
  public static let singleCopy: PropertyKey = "Single Copy"
  public static let paramsEvaluated: PropertyKey = "Params Evaluated"
  public static let innerUnique: PropertyKey = "Inner Unique"
  public static let disabled: PropertyKey = "Disabled"
  public static let subplansRemoved: PropertyKey = "Subplans Removed"
  /// Targets of a ModifyTable besides the one it names; TEXT prints them as `Update on x x_1`.
  public static let targetTable: PropertyKey = "Target Table"
  /// `Hits`, `Misses`, `Evictions` and `Overflows` of a Memoize node stand on one line of TEXT.
  public static let cacheHits: PropertyKey = "Hits"
  public static let cacheMisses: PropertyKey = "Misses"
  public static let cacheEvictions: PropertyKey = "Evictions"
  public static let cacheOverflows: PropertyKey = "Overflows"
  /// Aurora DSQL: the join type of a batched join; it stands in ``NodeType/joinType`` as well.
  public static let joinType: PropertyKey = "Join Type"
  /// Aurora DSQL: columns that storage sends.
  public static let projections: PropertyKey = "Projections"
  /// Aurora DSQL: the storage filter, evaluated before rows are sent.
  public static let storageFilters: PropertyKey = "Filters"
  /// Aurora DSQL: rows that the storage filter discarded, per loop.
  public static let rowsFiltered: PropertyKey = "Rows Filtered"
}
