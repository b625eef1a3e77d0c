/// A function that the statement calls, as `pg_proc` describes it to the planner.
public struct FunctionEvidence: Sendable, Equatable, Codable {
  /// Its name.
  public var name: QualifiedName
  /// `pg_get_function_identity_arguments`: `customer integer, since date`.
  public var arguments: String
  /// `prorows`: rows that the planner expects of one call; 0 where it returns no set.
  public var rows: Double
  /// `procost`, in units of `cpu_operator_cost`.
  public var cost: Double
  /// `provolatile`.
  public var volatility: Volatility
  /// `prosupport`: a function that tells the planner better, so that ``rows`` is not what it uses.
  public var hasSupport: Bool
  /// `lanname`: `sql`, `plpgsql`, `internal`.
  public var language: String
  /// `proparallel = 's'`: may run in workers.
  public var isParallelSafe: Bool

  /// `pg_proc.provolatile`.
  public enum Volatility: String, Sendable, Codable {
    case immutable = "i"
    case stable = "s"
    case volatile = "v"
  }

  /// A function.
  public init(
    name: QualifiedName, arguments: String, rows: Double, cost: Double, volatility: Volatility,
    hasSupport: Bool = false, language: String = "sql", isParallelSafe: Bool = true
  ) {
    self.name = name
    self.arguments = arguments
    self.rows = rows
    self.cost = cost
    self.volatility = volatility
    self.hasSupport = hasSupport
    self.language = language
    self.isParallelSafe = isParallelSafe
  }
}
