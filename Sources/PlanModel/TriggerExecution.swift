/// `Trigger name: time=1.234 calls=5`.
public struct TriggerExecution: Sendable, Equatable {
  /// Name, with constraint and relation as printed.
  public var name: String
  /// Milliseconds over all calls.
  public var time: Double?
  /// Number of calls.
  public var calls: Double

  /// A trigger line as printed.
  public init(name: String, time: Double?, calls: Double) {
    self.name = name
    self.time = time
    self.calls = calls
  }
}
