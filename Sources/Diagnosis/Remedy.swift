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
  /// Refresh a table's statistics.
  case analyze(QualifiedName)
  /// Raise `work_mem` for the session, in kilobytes.
  case setWorkMem(kilobytes: Int)
  /// Send the support request; nothing to run.
  case reportBug
}

/// An index that should exist.
public struct IndexProposal: Sendable, Hashable {
  /// The table, or the partitioned parent.
  public var table: QualifiedName
  /// Key parts in order.
  public var keys: [IndexKey]
  /// INCLUDE columns.
  public var includedColumns: [String]
  /// Existing indexes that become redundant: this one starts with their keys.
  public var supersedes: [String]
  /// The table is partitioned: CONCURRENTLY works on its partitions only, which are these.
  public var partitions: [QualifiedName]
  /// Whether ``partitions`` are all that the table has.
  public var listsAllPartitions: Bool

  /// A proposal; see the properties.
  public init(
    table: QualifiedName, keys: [IndexKey], includedColumns: [String] = [], supersedes: [String] = [],
    partitions: [QualifiedName] = [], listsAllPartitions: Bool = true
  ) {
    self.table = table
    self.keys = keys
    self.includedColumns = includedColumns
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
