import Catalog

/// One piece of advice, and what is known about its effect.
public struct Remedy: Sendable, Equatable {
  /// What to do.
  public var action: RemedyAction
  /// Why this helps, in one or two sentences.
  public var rationale: String
  /// What it costs or endangers: size, writes, locks, memory.
  public var caveats: [String]
  /// What it is expected to bring, with provenance.
  public var expectation: ExpectedImpact

  /// A remedy; the expectation is replaced when a trial gives a better one.
  public init(
    _ action: RemedyAction, rationale: String, caveats: [String] = [], expectation: ExpectedImpact
  ) {
    self.action = action
    self.rationale = rationale
    self.caveats = caveats
    self.expectation = expectation
  }
}

/// What a DBA would do; printed as SQL for the engine by ``RemedySQL``.
public enum RemedyAction: Sendable, Equatable {
  /// Build an index.
  case createIndex(IndexProposal)
  /// Build an index again that is not valid.
  case rebuildIndex(QualifiedName)
  /// Refresh a table's statistics.
  case analyze(QualifiedName)
  /// Mark the blocks that index-only scans need not visit, and refresh the statistics.
  case vacuum(QualifiedName)
  /// Let ANALYZE look at columns together.
  case createStatistics(StatisticsProposal)
  /// Let ANALYZE keep more of a column's common values and histogram.
  case setStatisticsTarget(ColumnName, target: Int)
  /// Tell the planner how many different values a column has; negative is a share of the rows.
  case setDistinctValues(ColumnName, Double)
  /// Tell the planner how many rows one call of a function returns.
  case setFunctionRows(FunctionSignature, rows: Int, before: Int)
  /// Set a storage parameter of a table; without a value the default is restored.
  case setTableOption(QualifiedName, name: TableOption, value: Int?)
  /// Raise `work_mem` for the session, in kilobytes.
  case setWorkMem(kilobytes: Int)
  /// Change settings for the session.
  case set([SessionSetting])
  /// Write the statement differently, as this sentence says; nothing to paste.
  case changeStatement(String)
  /// Send the support request; nothing to run.
  case reportBug
}

/// A column of a table.
public struct ColumnName: Sendable, Hashable {
  /// The table.
  public var table: QualifiedName
  /// The column, without quotes.
  public var column: String

  /// A column.
  public init(_ table: QualifiedName, _ column: String) {
    self.table = table
    self.column = column
  }
}

/// A function, as ALTER FUNCTION names it.
public struct FunctionSignature: Sendable, Hashable {
  /// Its name.
  public var name: QualifiedName
  /// `pg_get_function_identity_arguments`.
  public var arguments: String

  /// A function.
  public init(_ name: QualifiedName, arguments: String) {
    self.name = name
    self.arguments = arguments
  }
}

/// A storage parameter that bears on plans or on statistics.
public enum TableOption: String, Sendable {
  case parallelWorkers = "parallel_workers"
}

/// A setting and the value that it should have, both as PostgreSQL spells them.
public struct SessionSetting: Sendable, Hashable {
  /// PostgreSQL's name.
  public var name: String
  /// The value, without quotes: `off`, `12`.
  public var value: String

  /// A setting.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Statistics over several columns that should exist.
public struct StatisticsProposal: Sendable, Hashable {
  /// The table, or the partitioned parent.
  public var table: QualifiedName
  /// The columns, in the table's order.
  public var columns: [String]
  /// What to collect; not asked for where one expression stands alone.
  public var kinds: [Kind]
  /// Expressions in the place of columns, without a table's name before their columns.
  public var expressions: [String]
  /// Statistics target of the object itself; `nil` for that of its columns.
  public var target: Int?

  /// What CREATE STATISTICS collects; the raw value is its word there.
  public enum Kind: String, Sendable, CaseIterable { case ndistinct, dependencies, mcv }

  /// A proposal.
  public init(
    table: QualifiedName, columns: [String], kinds: [Kind], expressions: [String] = [], target: Int? = nil
  ) {
    self.table = table
    self.columns = columns
    self.kinds = kinds
    self.expressions = expressions
    self.target = target
  }
}

/// How an index finds its rows; the raw value is the name of the access method.
public enum IndexMethod: String, Sendable { case btree, hash, gin, gist, brin }

/// An index that should exist.
public struct IndexProposal: Sendable, Hashable {
  /// The table, or the partitioned parent.
  public var table: QualifiedName
  /// Key parts in order.
  public var keys: [IndexKey]
  /// INCLUDE columns.
  public var includedColumns: [String]
  /// The access method.
  public var method: IndexMethod
  /// The WHERE of a partial index, columns without qualifier; `nil` for an index over all rows.
  public var predicate: String?
  /// The extension that brings the operator class, where one does.
  public var requiredExtension: String?
  /// Existing indexes that become redundant: this one starts with their keys.
  public var supersedes: [String]
  /// The table is partitioned: CONCURRENTLY works on its partitions only, which are these.
  public var partitions: [QualifiedName]
  /// Whether ``partitions`` are all that the table has.
  public var listsAllPartitions: Bool

  /// A proposal; see the properties.
  public init(
    table: QualifiedName, keys: [IndexKey], includedColumns: [String] = [], method: IndexMethod = .btree,
    predicate: String? = nil, requiredExtension: String? = nil, supersedes: [String] = [],
    partitions: [QualifiedName] = [], listsAllPartitions: Bool = true
  ) {
    self.table = table
    self.keys = keys
    self.includedColumns = includedColumns
    self.method = method
    self.predicate = predicate
    self.requiredExtension = requiredExtension
    self.supersedes = supersedes
    self.partitions = partitions
    self.listsAllPartitions = listsAllPartitions
  }
}

/// What a remedy is expected to bring, and how that is known. Without enough evidence there is no number.
public enum ExpectedImpact: Sendable, Equatable {
  /// Both were run: milliseconds before and after, and how they were measured.
  case measured(before: Double, after: Double, how: String)
  /// Arithmetic over catalog statistics and the captured plan: at most so many milliseconds, and from what.
  case computed(upTo: Double, from: String)
  /// Without node times: at most so large a share of the estimated cost.
  case computedCost(upToShare: Double, from: String)
  /// No number: the direction, what evidence is missing, and what to run for it.
  case unknown(direction: String, missing: String)
}
