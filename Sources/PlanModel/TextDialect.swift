/// How a server writes plans as TEXT, where that shows in the text and is no part of the plan.
///
/// The default is that of PostgreSQL from release 17 on.
public struct TextDialect: Sendable, Equatable {
  /// Indentation and blanks of PostgreSQL's own nodes.
  public var lines: LineStyle
  /// Indentation and blanks of Aurora DSQL's storage nodes.
  public var storageLines: LineStyle
  /// Which names stand in quotes.
  public var quoting: NameQuoting
  /// How `I/O Timings` name the classes of blocks.
  public var ioTimings: IOTimingClasses
  /// Where the lines of parallel workers stand.
  public var workers: WorkerPlace
  /// Figures inside a node's brackets that this version does not know, with the bracket in which they stand.
  /// They are kept among the node's properties.
  public var otherFigures: [PropertyKey: FigureBracket]
  /// Lines that stand above the node's buffers in the default, but below them here.
  public var keysBelowBuffers: Set<PropertyKey>

  /// The dialect of PostgreSQL from release 17 on.
  public init() {
    lines = .postgreSQL
    storageLines = .postgreSQL
    quoting = .whereNeeded
    ioTimings = .sharedAndLocal
    workers = .belowBuffers
    otherFigures = [:]
    keysBelowBuffers = []
  }
}

/// How lines of nodes are indented and spaced.
public struct LineStyle: Sendable, Equatable {
  /// Blanks between arrow and name.
  public var blanksBehindArrow: Int
  /// Columns from a node's arrow to its properties and to its children's arrows.
  public var step: Int
  /// Blanks before the bracket with costs; without costs there is one.
  public var blanksBeforeFigures: Int

  /// A style by its measures.
  public init(blanksBehindArrow: Int, step: Int, blanksBeforeFigures: Int) {
    self.blanksBehindArrow = blanksBehindArrow
    self.step = step
    self.blanksBeforeFigures = blanksBeforeFigures
  }

  /// What PostgreSQL has printed since EXPLAIN has a tree.
  public static let postgreSQL = LineStyle(blanksBehindArrow: 2, step: 6, blanksBeforeFigures: 2)
}

/// Which names of tables, aliases and indexes stand in quotes.
public enum NameQuoting: Sendable, Equatable {
  /// Those that SQL needs quotes for, by PostgreSQL 15's list of keywords.
  case whereNeeded
  /// These and no others, as a text had it: keywords differ between releases, and `quote_all_identifiers` may be on.
  case these(Set<String>)
}

/// How `I/O Timings` name the classes of blocks.
public enum IOTimingClasses: Sendable, Equatable {
  /// `read=1.234`: up to release 14.
  case unnamed
  /// `shared/local read=1.234, temp read=…`: releases 15 and 16.
  case together
  /// `shared read=1.234, local read=…, temp read=…`: from release 17 on.
  case sharedAndLocal
}

/// Where the lines of parallel workers stand.
public enum WorkerPlace: Sendable, Equatable {
  /// All of a worker's lines together, below the node's buffers: from release 13 on.
  case belowBuffers
  /// Sorts of workers below the node's own, all else below its buffers: up to release 12.
  case sortsAboveBuffers
}

/// A bracket behind a node's name.
public enum FigureBracket: Sendable, Equatable {
  /// `(cost=…)`.
  case estimate
  /// `(actual …)`.
  case actual
}
