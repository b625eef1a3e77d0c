import CLibPQ

extension Connection {
  /// Runs one statement in one round trip.
  func run(_ statement: Statement, _ limits: WaitLimits) throws(PostgresError) -> Rows {
    let answer = try exchange(limits) { handle throws(PostgresError) in
      try send(statement, to: handle)
    } receive: { progress throws(PostgresError) in
      try receiveStatement(&progress)
    }
    guard let answer else { throw .closedUnexpectedly("the server gave no result") }
    return try answer.get()
  }

  /// Runs statements in one round trip, by libpq's pipeline mode, and answers for each of them.
  ///
  /// - Parameter independent: every statement is followed by its own Sync, so that an error does not
  ///   skip those after it. Otherwise the first error is thrown.
  func run(
    _ statements: [Statement], independent: Bool, _ limits: WaitLimits
  ) throws(PostgresError) -> [Result<Rows, PostgresError>] {
    guard !statements.isEmpty else { return [] }
    guard !statements.contains(where: \.containsNUL) else { throw .containsNUL }
    return try exchange(limits) { handle throws(PostgresError) in
      try sendPipeline(statements, independent: independent, to: handle)
    } receive: { progress throws(PostgresError) in
      let answers = try receivePipeline(statements.count, independent: independent, &progress)
      if isOpen { try leavePipeline() }
      return answers
    }
  }

  /// An answer that is missing must not pass for one that was skipped.
  private func answersOfLostConnection(
    _ answers: [Result<Rows, PostgresError>]
  ) throws(PostgresError) -> [Result<Rows, PostgresError>] {
    if case .failure = answers.last { return answers }
    throw broken(try handle())
  }

  private func sendPipeline(
    _ statements: [Statement], independent: Bool, to handle: OpaquePointer
  ) throws(PostgresError) {
    guard PQenterPipelineMode(handle) == 1 else { throw broken(handle) }
    for statement in statements {
      try send(statement, to: handle)
      if independent { try sendSync(to: handle) }
    }
    if !independent { try sendSync(to: handle) }
  }

  private func leavePipeline() throws(PostgresError) {
    let handle = try handle()
    guard PQexitPipelineMode(handle) == 1 else { throw broken(handle) }
  }

  private func sendSync(to handle: OpaquePointer) throws(PostgresError) {
    guard PQpipelineSync(handle) == 1 else { throw broken(handle) }
  }

  private func receivePipeline(
    _ count: Int, independent: Bool, _ progress: inout Progress
  ) throws(PostgresError) -> [Result<Rows, PostgresError>] {
    var answers: [Result<Rows, PostgresError>] = []
    for index in 0..<count {
      // `nil` is a statement that was skipped for an earlier one's error.
      let answer = try receiveStatement(&progress, index: index)
      if let answer { answers.append(answer) }
      guard isOpen else { return try answersOfLostConnection(answers) }
      guard answer != nil else { continue }
      if independent {
        // A cancel request ends one statement; those after it would run on.
        if let stop = progress.stop { throw abandon(stop.errorOfClosing) }
        _ = try nextResult(&progress)
      }
    }
    if !independent { _ = try nextResult(&progress) }
    return answers
  }
}
