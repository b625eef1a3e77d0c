/// `Buffers: shared hit=1 read=2 …`, in blocks. What is not printed is 0.
public struct BufferUsage: Sendable, Equatable {
  /// Pages of tables and indexes found in shared buffers.
  public var sharedHitBlocks = 0.0
  /// Pages of tables and indexes read from the operating system.
  public var sharedReadBlocks = 0.0
  /// Clean pages that the statement changed.
  public var sharedDirtiedBlocks = 0.0
  /// Changed pages that the statement had to write out to make room.
  public var sharedWrittenBlocks = 0.0
  /// Pages of temporary tables found in the session's buffers.
  public var localHitBlocks = 0.0
  /// Pages of temporary tables read.
  public var localReadBlocks = 0.0
  /// Pages of temporary tables changed.
  public var localDirtiedBlocks = 0.0
  /// Pages of temporary tables written.
  public var localWrittenBlocks = 0.0
  /// Pages of sort, hash and materialization files read.
  public var tempReadBlocks = 0.0
  /// Pages of sort, hash and materialization files written.
  public var tempWrittenBlocks = 0.0

  /// No block touched.
  public init() {}

  /// Whether no block was touched: JSON prints zeros where TEXT prints no line.
  public var isEmpty: Bool { self == BufferUsage() }
}

/// `I/O Timings: shared read=1.234 write=0.567, temp read=…`, in milliseconds; needs `track_io_timing`.
///
/// What is not printed is 0. Releases before 15 print one pair without a class, and some print
/// `shared/local`: both stand under `shared`.
public struct IOTimings: Sendable, Equatable {
  /// Reading pages of tables and indexes.
  public var sharedRead = 0.0
  /// Writing pages of tables and indexes.
  public var sharedWrite = 0.0
  /// Reading pages of temporary tables; from release 17 on, before that in `sharedRead`.
  public var localRead = 0.0
  /// Writing pages of temporary tables; from release 17 on, before that in `sharedWrite`.
  public var localWrite = 0.0
  /// Reading sort, hash and materialization files.
  public var tempRead = 0.0
  /// Writing sort, hash and materialization files.
  public var tempWrite = 0.0

  /// No time spent.
  public init() {}

  /// Whether no time was spent: JSON prints zeros where TEXT prints no line.
  public var isEmpty: Bool { self == IOTimings() }

  /// All classes, reading and writing.
  public var total: Double {
    sharedRead + sharedWrite + localRead + localWrite + tempRead + tempWrite
  }
}
