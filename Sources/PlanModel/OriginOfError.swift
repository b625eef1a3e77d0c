extension ExplainedPlan {
  /// For every node the node at which its estimation error first appears; `nil` where it has none.
  ///
  /// Walks down as long as an input is off in the same direction. An input that is off by less than 5x does not
  /// explain an error of 5x and more: that one begins above it.
  ///
  /// - Parameter errors: what ``estimationErrors(_:)`` returned, where that is at hand.
  public func originsOfError(_ errors: [EstimationError?]? = nil) -> [Int?] {
    let errors = errors ?? estimationErrors()
    var origins = [Int?](repeating: nil, count: nodes.count)
    var inputs = [WorstInputs](repeating: WorstInputs(), count: nodes.count)
    for index in nodes.indices.reversed() {
      if let error = errors[index] {
        if error.band > .none {
          origins[index] = inputs[index].origin(of: error) ?? index
        }
        inputs[index] = WorstInputs()
        origins[index].map { inputs[index].add(error, origin: $0) }
      }
      // Nodes whose rows say nothing hand on what is below them.
      guard nodes[index].relationship.isMember, let parent = nodes[index].parent else { continue }
      inputs[parent].add(inputs[index])
    }
    return origins
  }
}

/// The largest errors among the inputs of a node, one for each direction.
private struct WorstInputs {
  private var under: (error: EstimationError, origin: Int)?
  private var over: (error: EstimationError, origin: Int)?

  mutating func add(_ error: EstimationError, origin: Int) {
    switch error.direction {
    case .under: if error.ratio >= under?.error.ratio ?? 0 { under = (error, origin) }
    case .over: if error.ratio >= over?.error.ratio ?? 0 { over = (error, origin) }
    }
  }

  mutating func add(_ other: WorstInputs) {
    for input in [other.under, other.over] { input.map { add($0.error, origin: $0.origin) } }
  }

  /// The origin of an input's error that explains this one.
  func origin(of error: EstimationError) -> Int? {
    guard let input = error.direction == .under ? under : over,
      input.error.band >= min(error.band, .significant)
    else { return nil }
    return input.origin
  }
}
