/// Something that a log's reader came upon.
public enum LogEvent: Sendable, Equatable {
  /// An entry with a plan.
  case plan(LoggedPlan)
  /// An entry that cannot be used.
  case damage(LogDamage)
}

/// One plan as a log or a paste holds it, not yet read.
public struct LoggedPlan: Sendable, Equatable {
  /// Where the entry starts, in bytes of the (uncompressed) input, from 0.
  public var offset: Int
  /// Who logged it, and when.
  public var origin: LogOrigin
  /// What the log line says the statement took, in milliseconds; `nil` for a pasted plan.
  public var duration: Double?
  /// What follows the line with the duration: the statement and the plan. Tabs that the log put before
  /// each line are removed.
  public var body: [UInt8]
  /// Whether the input ended in the middle of a line of it.
  public var isCutOff: Bool
  /// Whether there is a plan, as far as can be told without reading it: what stands around pasted plans may
  /// be anything.
  public var isCertain: Bool

  /// A plan's entry.
  public init(
    offset: Int, origin: LogOrigin = LogOrigin(), duration: Double? = nil, body: [UInt8],
    isCutOff: Bool = false,
    isCertain: Bool = true
  ) {
    self.offset = offset
    self.origin = origin
    self.duration = duration
    self.body = body
    self.isCutOff = isCutOff
    self.isCertain = isCertain
  }
}

/// Who logged an entry, and when; what the log does not show is `nil`.
public struct LogOrigin: Sendable, Equatable {
  /// The time as the log prints it.
  public var time: String?
  /// The server process.
  public var processID: Int?
  /// The role.
  public var user: String?
  /// The database.
  public var database: String?
  /// PostgreSQL's query identifier, where it is not 0.
  public var queryIdentifier: String?

  /// An origin of which nothing is known yet.
  public init(
    time: String? = nil, processID: Int? = nil, user: String? = nil, database: String? = nil,
    queryIdentifier: String? = nil
  ) {
    self.time = time
    self.processID = processID
    self.user = user
    self.database = database
    self.queryIdentifier = queryIdentifier
  }
}

/// An entry that cannot be used: it is skipped, and the log is read on.
public struct LogDamage: Sendable, Equatable {
  /// Why.
  public enum Reason: Sendable, Equatable {
    /// Larger than a reader keeps.
    case tooLong(limit: Int)
    /// A record of a csvlog that another one starts in.
    case brokenCSV
    /// What starts like a JSON object and is none.
    case brokenJSON
    /// A plan whose first line, the one with the duration, is not there or is damaged.
    case headless
    /// The input ends inside the entry.
    case endsEarly
  }

  /// Where the entry starts, in bytes of the (uncompressed) input, from 0.
  public var offset: Int
  /// Why it cannot be used.
  public var reason: Reason

  /// An entry that cannot be used.
  public init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }
}
