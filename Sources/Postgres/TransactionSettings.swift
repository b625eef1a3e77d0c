import Catalog

/// What holds inside one read-only transaction: its time limits and the user's settings.
public struct TransactionSettings: Sendable, Equatable {
  /// A setting's name and value, as `SET LOCAL` would take them.
  public struct Setting: Sendable, Equatable {
    /// The setting's name: `role`, `search_path`, `work_mem`.
    public var name: String
    /// Its value, unquoted.
    public var value: String

    /// A name with a dot is the application's own: the value may be a token, as policies read them.
    public var isOfApplication: Bool { name.contains(".") && !name.hasPrefix(Self.ownPrefix) }

    /// The value for people to read.
    public var shownValue: String { isOfApplication ? Self.concealedValue : value }

    /// Stands for a value that may be a secret.
    public static let concealedValue = "<not shown>"

    /// What the names of this program's own settings begin with.
    public static let ownPrefix = "plandx."

    /// A setting.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// How long one statement may run.
  public var statementTimeout: Duration
  /// How long a statement may wait for a lock: a DDL statement in the queue would make others wait too.
  /// It ends, with connecting and rolling back, before the five seconds within which a command has to be over.
  public var lockTimeout = Duration.seconds(4)
  /// Whether a statement waits for a lock. Where none does, a transaction that meets a lock is rolled back and
  /// begun anew a little later, for as long as ``lockTimeout`` says: what its first statements found out must
  /// still hold when the later ones come.
  public var waitsForLocks = true
  /// When the server ends a transaction that this program has left open.
  public var idleTimeout = Duration.seconds(10)
  /// How often the server looks whether this program is still there; used where the server can.
  public var clientCheckInterval = Duration.seconds(2)
  /// The user's own settings, applied after the limits.
  public var settings: [Setting]
  /// What the engine lets be set.
  public var engine: EngineProfile

  /// Settings for a transaction on an engine.
  public init(
    statementTimeout: Duration, settings: [Setting] = [], engine: EngineProfile = .postgres
  ) {
    self.statementTimeout = statementTimeout
    self.settings = settings
    self.engine = engine
  }

  /// The statements that begin the transaction, for one round trip.
  public var opening: [Statement] {
    let begin: Statement =
      engine.isolationIsSettable
      ? "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN TRANSACTION READ ONLY"
    guard engine.keepsTimeoutsInServer else { return [begin] + settings.map(Self.set) }
    let brief = waitsForLocks ? [] : [Self.set(Self.lockLimit(Self.briefLockTimeout))]
    return [begin] + timeouts + settings.map(Self.set) + [Self.set(Self.standardStrings)] + brief
  }

  /// Enough for the server to see to a lock that is about to go.
  private static let briefLockTimeout = Duration.milliseconds(5)

  private static func lockLimit(_ duration: Duration) -> Setting {
    Setting("lock_timeout", milliseconds(duration))
  }

  /// How long locks are waited for in all: the user's own limit comes before this program's, and no statement
  /// waits for longer than it may run.
  var lockPatience: Duration {
    let limit = settings.last { $0.name == "lock_timeout" }.flatMap { Self.duration($0.value) }
    return min(limit ?? lockTimeout, statementTimeout)
  }

  /// Lets the statements that follow wait for locks.
  var lockLimit: Statement { Self.set(Self.lockLimit(lockPatience)) }

  /// A whole number of milliseconds or of a unit, as the server takes it.
  private static func duration(_ value: String) -> Duration? {
    let digits = value.prefix(while: \.isWholeNumber)
    guard let number = Int(digits) else { return nil }
    switch value.dropFirst(digits.count) {
    case "", "ms": return .milliseconds(number)
    case "s": return .seconds(number)
    case "min": return .seconds(60 * number)
    default: return nil
    }
  }

  /// The grammar by which a statement was admitted reads no backslash in `'…'` as an escape; a server, a
  /// database or a role that does would run another statement. Set last, so that nothing undoes it.
  private static let standardStrings = Setting("standard_conforming_strings", "on")

  /// The limit for a part of the transaction.
  var statementLimit: Statement {
    Self.set(Setting("statement_timeout", Self.milliseconds(statementTimeout)))
  }

  /// The time after which this program itself cancels a statement.
  ///
  /// Where the server keeps the time, it comes first, and this limit is for a server that is lost.
  var clientTimeout: Duration {
    engine.keepsTimeoutsInServer ? statementTimeout + EndingBudget.serverLead : statementTimeout
  }

  private var timeouts: [Statement] {
    let idle = Setting("idle_in_transaction_session_timeout", Self.milliseconds(idleTimeout))
    return [statementLimit, Self.set(Self.lockLimit(lockTimeout)), Self.set(idle)] + [
      Statement(Self.setWhereItExists, parameters: [Self.milliseconds(clientCheckInterval)])
    ]
  }

  /// `SET LOCAL` with its value as a parameter, which `SET` itself does not take.
  private static func set(_ setting: Setting) -> Statement {
    var statement = Statement(
      "SELECT pg_catalog.set_config($1, $2, true)", parameters: [setting.name, setting.value])
    if setting.isOfApplication { statement.concealed = [1] }
    return statement
  }

  /// PostgreSQL 14 and later, and only on systems that tell of a closed socket: an error on others.
  private static let setWhereItExists = """
    SELECT pg_catalog.set_config('client_connection_check_interval', $1, true)
    WHERE pg_catalog.current_setting('client_connection_check_interval', true) IS NOT NULL
      AND pg_catalog.version() OPERATOR(pg_catalog.~~) '%linux%'
    """

  /// A duration as a setting's value; at least 1 ms, since 0 would be no limit at all.
  private static func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(max(1, seconds * 1_000 + attoseconds / 1_000_000_000_000_000))ms"
  }
}
