/// The share of a table's rows that the planner expects one condition to keep, and where it took it from.
struct SelectivityFactor: Equatable {
  /// The condition as the plan prints it.
  let predicate: String
  /// 0 to 1; `nil` where it was not reproduced, and ``source`` says why.
  let selectivity: Double?
  /// The arithmetic.
  let source: SelectivitySource

  /// A reproduced factor; the planner keeps every selectivity between 0 and 1.
  init(_ predicate: String, _ selectivity: Double, _ source: SelectivitySource) {
    self.predicate = predicate
    self.selectivity = min(max(selectivity, 0), 1)
    self.source = source
  }

  /// A factor that was not reproduced, with the reason.
  init(_ predicate: String, notModelled reason: String) {
    self.predicate = predicate
    self.selectivity = nil
    self.source = .notModelled(reason)
  }

  /// The arithmetic in a sentence that can be checked with a pocket calculator.
  var sentence: String {
    let result = selectivity.map { " = \(Arithmetic.number($0))" } ?? ""
    return "\(predicate): \(source.words)\(result)"
  }
}
