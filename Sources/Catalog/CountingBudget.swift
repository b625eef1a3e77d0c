/// What the scans of user tables were allowed to take, and what they took.
public struct CountingBudget: Sendable, Equatable, Codable {
  /// Seconds for all of them together.
  public var seconds: Double
  /// Seconds from the start of the first to the end of the last.
  public var spent: Double
  /// Sessions that counted at the same time.
  public var connections: Int

  /// A budget and what was used of it.
  public init(seconds: Double, spent: Double, connections: Int = 1) {
    self.seconds = seconds
    self.spent = spent
    self.connections = connections
  }
}
