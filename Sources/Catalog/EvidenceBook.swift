/// Everything that was learnt about the tables of one plan, and what could not be learnt.
public struct EvidenceBook: Sendable, Equatable, Codable {
  /// Per table, in the order in which the plan names them.
  public var relations: [RelationEvidence]
  /// Settings that bear on the plan.
  public var settings: [PlannerSetting]
  /// Collation, extensions and operators of the database.
  public var database = DatabaseFacts()
  /// Functions that the plan calls and that are not built in.
  public var functions: [FunctionEvidence] = []
  /// What counting in user tables took; `nil` where nothing was counted.
  public var counting: CountingBudget?
  /// Earlier executions of the statement; `nil` where they are not known.
  public var history: StatementHistory?
  /// What could not be had, each with its reason.
  public var gaps: [EvidenceGap]

  /// Evidence gathered so far.
  public init(
    relations: [RelationEvidence] = [], settings: [PlannerSetting] = [], gaps: [EvidenceGap] = []
  ) {
    self.relations = relations
    self.settings = settings
    self.gaps = gaps
  }

  /// The evidence of a table; a name without schema matches when only one table bears it.
  public func relation(_ name: QualifiedName) -> RelationEvidence? {
    if name.schema != nil { return relations.first { $0.statistics.name == name } }
    let named = relations.filter { $0.statistics.name.name == name.name }
    return named.count == 1 ? named[0] : nil
  }

  /// The value of a setting in its own unit, as `pg_settings.setting` has it.
  public func setting(_ name: String) -> String? {
    settings.first { $0.name == name }?.value
  }
}

/// All that is known about one table.
public struct RelationEvidence: Sendable, Equatable, Codable {
  /// `pg_class` and the activity views.
  public var statistics: RelationStatistics
  /// Every column of the table, with statistics where there are some; with values only where the plan tests it.
  public var columns: [ColumnStatistics]
  /// All indexes of the table; `nil` where they could not be read ("none" is the empty list).
  public var indexes: [IndexDefinition]?
  /// Rows, by `count(*)` or a sample; `nil` where not counted.
  public var rowCount: CountedRows?
  /// Rows for which a predicate of the plan holds.
  public var predicateCounts: [PredicateCount]
  /// Different values of columns by which the plan joins, groups or filters, where they were counted.
  public var distinctCounts: [DistinctCount] = []
  /// The most frequent values of columns that are suspected of skew.
  public var frequentValues: [FrequentValues] = []
  /// CREATE STATISTICS on this table; `nil` where it could not be read.
  public var extendedStatistics: [ExtendedStatistics]?
  /// Statistics of expressions, of an index or of CREATE STATISTICS: the name is the expression as
  /// `pg_get_indexdef` prints it.
  public var expressions: [ColumnStatistics] = []
  /// Its foreign keys, and those that refer to it; `nil` where they could not be read.
  public var foreignKeys: [ForeignKeyConstraint]?

  /// Evidence of a table.
  public init(
    statistics: RelationStatistics, columns: [ColumnStatistics] = [],
    indexes: [IndexDefinition]? = nil, rowCount: CountedRows? = nil,
    predicateCounts: [PredicateCount] = []
  ) {
    self.statistics = statistics
    self.columns = columns
    self.indexes = indexes
    self.rowCount = rowCount
    self.predicateCounts = predicateCounts
  }

  /// The table's name.
  public var name: QualifiedName { statistics.name }

  /// The table that an index is built on: of a partition, the partitioned parent.
  public var indexTarget: QualifiedName {
    statistics.kind == .partition ? statistics.parent ?? name : name
  }

  /// The column of that name.
  public func column(_ name: String) -> ColumnStatistics? {
    columns.first { $0.name == name }
  }

  /// Rows of the table: counted, else the catalog's estimate scaled to the present size as the planner does.
  public var bestRowCount: Double? { rowCount?.value ?? plannerRowCount }

  /// The planner's idea of the row count: `reltuples / relpages`, times the present pages (`estimate_rel_size`).
  public var plannerRowCount: Double? {
    guard let tuples = statistics.relTuples else { return nil }
    guard let pages = statistics.relPages, pages > 0, let now = statistics.currentPages else {
      return tuples
    }
    return tuples / pages * now
  }

  /// How many different values these columns have together, where that was counted.
  public func distinctCount(of columns: [String]) -> DistinctCount? {
    let wanted = Set(columns)
    return distinctCounts.first { Set($0.columns) == wanted }
  }

  /// The share of the table's rows for which all of these predicates hold together, from the counting
  /// pass; `nil` where that conjunction was not counted. Texts are compared as the plan prints them.
  public func selectivity(of predicates: [String]) -> Double? {
    guard let rows = rowCount?.value, rows > 0 else { return nil }
    let wanted = Set(predicates)
    return predicateCounts.first { Set($0.predicates) == wanted }.map { $0.rows / rows }
  }
}

/// A number of rows, and how it is known.
public struct CountedRows: Sendable, Equatable, Codable {
  /// Rows.
  public var value: Double
  /// How it is known.
  public var method: CountMethod

  /// A counted number.
  public init(_ value: Double, method: CountMethod = .exact) {
    self.value = value
    self.method = method
  }
}

/// How a number of rows is known.
public enum CountMethod: String, Sendable, Codable {
  /// `count(*)` over the whole table.
  case exact
  /// `count(*)` over a `TABLESAMPLE SYSTEM`, scaled.
  case sampled
}

/// Rows of a table for which a conjunction of predicates holds.
public struct PredicateCount: Sendable, Equatable, Codable {
  /// The predicates, as the plan prints them; one, or several that were counted together.
  public var predicates: [String]
  /// Rows for which all hold.
  public var rows: Double

  /// A count from the pass over the table.
  public init(predicates: [String], rows: Double) {
    self.predicates = predicates
    self.rows = rows
  }
}

/// A setting that bears on the plan, from `pg_settings`.
public struct PlannerSetting: Sendable, Equatable, Codable {
  /// PostgreSQL's name.
  public var name: String
  /// `setting`, in ``unit``.
  public var value: String
  /// `kB`, `8kB`, `ms`; `nil` for plain numbers and words.
  public var unit: String?
  /// Whether it differs from the built-in default (`boot_val`).
  public var isDefault: Bool

  /// A setting as the server reports it.
  public init(name: String, value: String, unit: String? = nil, isDefault: Bool = true) {
    self.name = name
    self.value = value
    self.unit = unit
    self.isDefault = isDefault
  }

  /// With its unit, for prose: `4096kB`, `524288 × 8kB`.
  public var label: String {
    guard let unit else { return value }
    return unit.first?.isNumber == true ? "\(value) × \(unit)" : value + unit
  }
}

/// Something that could not be learnt, and why. A gap is named in the report, never a failure.
public struct EvidenceGap: Sendable, Equatable, Codable, Hashable {
  /// What is missing: `row count of public.orders`.
  public var missing: String
  /// Why: the server's words, a budget, a missing catalog.
  public var reason: String
  /// A statement that would provide it; `nil` where there is none.
  public var query: String?

  /// A named gap.
  public init(missing: String, reason: String, query: String? = nil) {
    self.missing = missing
    self.reason = reason
    self.query = query
  }
}
