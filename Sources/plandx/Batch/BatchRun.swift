import Diagnosis
import Dispatch
import LogReading
import Statements

/// One run over all inputs, in their order.
struct BatchRun {
  private let analysis: PlanAnalysis
  private let failOn: FailOn?
  private let isVerbose: Bool
  private let output = BatchOutput()
  private var table: RankedTable?
  private var totals = BatchTotals()

  init(analysis: PlanAnalysis, table: RankedTable?, failOn: FailOn?, verbose: Bool) {
    self.analysis = analysis
    self.table = table
    self.failOn = failOn
    isVerbose = verbose
  }

  /// Reads one input; one that is not there is said to be, and the others are read.
  mutating func read(_ path: String) throws {
    let name = path == "-" ? "stdin" : path
    let before = totals
    do {
      let source = try LogSource(path)
      var reader = LogReader()
      do {
        try source.forEach { chunk in
          totals.bytes += chunk.count
          try take(reader.feed(chunk), of: name)
        }
      } catch let failure as LogSource.Failure {
        skip(at: totals.bytes - before.bytes, of: name, failure.words)
      }
      try take(reader.finish(), of: name)
      finish(name, since: before, reader)
    } catch let failure as CommandFailure where failure.status == .missingInput {
      failure.report()
      totals.missingInputs += 1
    }
  }

  private mutating func finish(_ name: String, since before: BatchTotals, _ reader: LogReader) {
    totals.inputs += 1
    let (plans, skipped) = (totals.plans - before.plans, totals.skipped - before.skipped)
    if plans + skipped == 0, totals.bytes > before.bytes {
      if reader.mentionsPlans {
        skip(at: 0, of: name, "it speaks of plans, but none was found: this form of log is not known")
      } else if reader.format == .plans {
        // A log may well have no plan in it, other text is no input for this.
        skip(at: 0, of: name, "neither a log nor a plan")
      }
    }
    guard isVerbose else { return }
    let kind = reader.format.map(\.words) ?? "empty"
    StandardError.write(
      "plandx: \(HiddenCharacters.name(name)): \(kind), \(Words.counted(Double(plans), "plan"))\n")
  }

  /// Prints the table and the totals, and fails where that was asked for.
  func finish(quiet: Bool) throws {
    if let table { try output.write(table.text) }
    if !quiet {
      if let note = table?.overflowNote { StandardError.write("plandx: \(note)\n") }
      StandardError.write("plandx: \(totals.words)\n")
    }
    if totals.missingInputs > 0 { throw CommandFailure.silent(.missingInput) }
    if let failOn, let worst = totals.worstRank, worst >= failOn.rank {
      throw CommandFailure.silent(.severityReached)
    }
    if totals.plans == 0, totals.skipped > 0 { throw CommandFailure.silent(.unusableInput) }
  }

  // MARK: Entries

  private mutating func take(_ events: [LogEvent], of file: String) throws {
    guard !events.isEmpty else { return }
    var lines = ""
    for outcome in outcomes(of: events) {
      switch outcome {
      case .plan(let plan):
        totals.take(plan)
        table?.take(plan)
        if table == nil { lines += BatchLine(plan, file: file).text }
      case .unusable(let offset, let reason): skip(at: offset, of: file, reason)
      case .noPlan: break
      }
    }
    if !lines.isEmpty { try output.write(lines) }
  }

  /// Plans are independent of each other: they are read on all cores, and stay in order.
  private func outcomes(of events: [LogEvent]) -> [PlanAnalysis.Outcome] {
    let analysis = analysis
    let outcomes = [[PlanAnalysis.Outcome]](unsafeUninitializedCapacity: events.count) { slots, count in
      // Each is filled once, by one thread, before the array is there.
      nonisolated(unsafe) let slots = slots
      DispatchQueue.concurrentPerform(iterations: events.count) {
        slots.initializeElement(at: $0, to: analysis.outcomes(of: events[$0]))
      }
      count = events.count
    }
    return outcomes.flatMap(\.self)
  }

  private mutating func skip(at offset: Int, of file: String, _ reason: String) {
    totals.skipped += 1
    CommandFailure(.unusableInput, "\(HiddenCharacters.name(file)), byte \(offset): \(reason); skipped")
      .report()
  }
}

extension PlanAnalysis {
  fileprivate func outcomes(of event: LogEvent) -> [Outcome] {
    switch event {
    case .plan(let entry): outcomes(of: entry)
    case .damage(let damage): [.unusable(offset: damage.offset, damage.reason.words)]
    }
  }
}

/// What all inputs together came to.
struct BatchTotals {
  var plans = 0
  var skipped = 0
  var inputs = 0
  var missingInputs = 0
  var bytes = 0
  private var milliseconds = 0.0
  private(set) var worstRank: Int?

  mutating func take(_ plan: AnalyzedPlan) {
    plans += 1
    milliseconds += plan.time ?? 0
    let rank = plan.findings.map(\.severity.rank).max()
    worstRank = [worstRank, rank].compactMap(\.self).max()
  }

  var words: String {
    let size = Words.bytes(Double(bytes))
    let skippedWords = skipped > 0 ? "; \(Words.counted(Double(skipped), "bad place")) skipped" : ""
    return
      "\(Words.counted(Double(plans), "plan")), \(Words.milliseconds(milliseconds)) in all, in "
      + "\(Words.counted(Double(inputs), "input")) of \(size)\(skippedWords)"
  }
}

extension LogDamage.Reason {
  /// Why an entry cannot be used.
  fileprivate var words: String {
    switch self {
    case .tooLong(let limit): "the entry is longer than \(Words.bytes(Double(limit)))"
    case .brokenCSV: "the CSV is broken: the record has no end, or too few columns"
    case .brokenJSON: "the JSON is broken"
    case .headless: "the line with the duration, with which the entry begins, is damaged or missing"
    case .endsEarly: "the entry ends before its plan does"
    }
  }
}

extension LogFormat {
  /// What an input is.
  fileprivate var words: String {
    switch self {
    case .text: "a log of lines"
    case .csv: "a log in CSV"
    case .json: "a log in JSON"
    case .plans: "plans"
    }
  }
}
