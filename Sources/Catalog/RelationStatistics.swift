/// What the catalog and the activity views say about one table.
public struct RelationStatistics: Sendable, Equatable, Codable {
  /// The table.
  public var name: QualifiedName
  /// `pg_class.relkind`, in words.
  public var kind: RelationKind
  /// Live rows estimated by the last ANALYZE or VACUUM; `nil` where `pg_class.reltuples` is -1 (never analyzed).
  public var relTuples: Double?
  /// `pg_class.relpages`: 8 KiB blocks at the last ANALYZE or VACUUM.
  public var relPages: Double?
  /// `pg_class.relallvisible`: blocks that index-only scans need not visit.
  public var relAllVisible: Double?
  /// Blocks now, from `pg_relation_size`; the planner scales `relTuples` by it.
  public var currentPages: Double?
  /// Rows changed since the last ANALYZE (`pg_stat_user_tables.n_mod_since_analyze`); `nil` where that view is
  /// missing, or a standby's.
  public var modifiedSinceAnalyze: Double?
  /// Dead rows (`n_dead_tup`); `nil` where the view is missing.
  public var deadTuples: Double?
  /// Last manual or automatic ANALYZE, as the server printed it; `nil` for never or not known.
  public var lastAnalyze: String?
  /// Last manual or automatic VACUUM, as the server printed it; `nil` for never or not known.
  public var lastVacuum: String?
  /// The partitioned or inheritance parent.
  public var parent: QualifiedName?
  /// All partitions of a partitioned table, or of a partition's parent; `nil` where they are not known or are
  /// not all plain tables.
  public var partitions: [PartitionSize]?
  /// `pg_get_partkeydef` of the partitioned table, or of a partition's parent: `RANGE (placed_at)`.
  public var partitionKey: String?
  /// Storage parameters set on the table: `parallel_workers=0`, `autovacuum_enabled=false`.
  public var options: [String] = []
  /// Its enabled triggers that are not those of foreign keys.
  public var triggers: [String] = []
  /// Row-level security is in force for the current role.
  public var rowSecurityActive: Bool

  /// Statistics of a table of which only the name is known so far.
  public init(name: QualifiedName, kind: RelationKind = .table) {
    self.name = name
    self.kind = kind
    self.rowSecurityActive = false
  }
}

/// One partition of a table, and how large it is.
public struct PartitionSize: Sendable, Hashable, Codable {
  /// The partition.
  public var name: QualifiedName
  /// `pg_class.reltuples`; `nil` where it was never analyzed.
  public var relTuples: Double?

  /// A partition of some size.
  public init(_ name: QualifiedName, relTuples: Double? = nil) {
    self.name = name
    self.relTuples = relTuples
  }
}

/// `pg_class.relkind` in words.
public enum RelationKind: String, Sendable, Codable {
  case table, partitionedTable, partition, view, materializedView, foreignTable, temporaryTable, other
}

/// What `pg_attribute` and `pg_stats` say about one column.
public struct ColumnStatistics: Sendable, Equatable, Codable {
  /// Column name without quotes.
  public var name: String
  /// Declared type as `format_type` prints it: `character varying(20)`.
  public var type: String
  /// `NOT NULL`.
  public var isNotNull: Bool
  /// Its collation, where it is not the database's.
  public var collation: String?
  /// `n_distinct` set by ALTER COLUMN, which overrides what ANALYZE finds.
  public var nDistinctOption: Double?
  /// The type has a default B-tree operator class.
  public var isBTreeIndexable: Bool
  /// What `pg_stats` holds; `nil` where there is no row that the role may see.
  public var distribution: ColumnDistribution?
  /// The role may not see this column's row in `pg_stats`, so that there may well be one.
  public var isHidden = false
  /// The plan filters, joins, sorts or groups by it; of other columns no values were read.
  public var isTested = true

  /// A column without statistics.
  public init(
    name: String, type: String, isNotNull: Bool, isBTreeIndexable: Bool = true,
    distribution: ColumnDistribution? = nil
  ) {
    self.name = name
    self.type = type
    self.isNotNull = isNotNull
    self.isBTreeIndexable = isBTreeIndexable
    self.distribution = distribution
  }
}

/// One row of `pg_stats`.
public struct ColumnDistribution: Sendable, Equatable, Codable {
  /// Share of NULLs, 0 to 1.
  public var nullFrac: Double
  /// Distinct values; negative is a share of the rows.
  public var nDistinct: Double
  /// Average width in bytes.
  public var avgWidth: Int
  /// Most common values as text, most frequent first. Customer data.
  public var mostCommonValues: [String]
  /// Their shares of all rows, 0 to 1.
  public var mostCommonFrequencies: [Double]
  /// Bounds of equally frequent ranges, as text. Customer data.
  public var histogramBounds: [String]
  /// Physical order against logical order, -1 to 1.
  public var correlation: Double?

  /// A row of `pg_stats`.
  public init(
    nullFrac: Double, nDistinct: Double, avgWidth: Int, mostCommonValues: [String] = [],
    mostCommonFrequencies: [Double] = [], histogramBounds: [String] = [], correlation: Double? = nil
  ) {
    self.nullFrac = nullFrac
    self.nDistinct = nDistinct
    self.avgWidth = avgWidth
    self.mostCommonValues = mostCommonValues
    self.mostCommonFrequencies = mostCommonFrequencies
    self.histogramBounds = histogramBounds
    self.correlation = correlation
  }
}
