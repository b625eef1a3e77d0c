import Diagnosis
import ThrowawayServer

/// What one case came to.
struct FaultResult: Sendable {
  let fault: PlantedFault
  /// Finding 1, as `Rule: title`.
  var first = "none"
  /// The number of the finding that names the true cause.
  var rank: Int?
  /// The number of the finding that names the smaller fault of a double case.
  var secondRank: Int?
  /// Whether the smaller fault is finding 1 once the larger is cured: a few percent are no finding before.
  var secondIsNext = false
  /// Medians in milliseconds: as planted, with finding 1's statements, with the best known fix.
  var before: Double?
  var after: Double?
  var reference: Double?
  var forbidden: [String] = []
  /// What is not as it must be, as sentences; empty for a case that passes.
  var complaints: [String] = []

  /// `before − after ≥ 0.5 × (before − reference)`.
  static let leastYield = 0.5

  /// Which part of what the best fix saves finding 1's statements save; `nil` where none is known that could be
  /// pasted.
  var yield: Double? {
    guard let before, let reference, !fault.needsRewrite else { return nil }
    return (before - (after ?? before)) / max(before - reference, 0.001)
  }

  /// The healthy twin's question: does this case fire?
  var findsTheCauseFirst: Bool { rank == 1 }
  /// Of a double case: the larger fault stands first, the smaller after it.
  var hasTheRightOrder: Bool { rank == 1 && (secondIsNext || secondRank.map { $0 > 1 } ?? false) }
}

extension FaultResult {
  /// Loads a case, measures and analyses it, pastes what finding 1 advises, and measures again.
  init(running fault: PlantedFault, tryingAllCandidates: Bool) async throws {
    self.init(fault: fault)
    let database = try await FaultDatabase(of: fault)
    do {
      try await run(in: database, tryingAllCandidates)
    } catch {
      try? await database.drop()
      throw error
    }
    try await database.drop()
  }

  private mutating func run(in database: FaultDatabase, _ tryingAllCandidates: Bool) async throws {
    let runs = WarmRuns(database: database.original, query: fault.query)
    // The rows that an UPDATE left behind, rolled back or not, are no part of the case.
    if !fault.changesRows { before = try await runs.median() }
    let advice = try await Advice(on: fault, in: database.original)
    if before == nil { before = try await runs.median() }
    judge(advice)
    guard !fault.deservesSilence else { return }
    reference = try await Self.reference(of: fault, in: database, tryingAllCandidates)
    if let statements = advice.first?.statements, !statements.isEmpty {
      after = try await runs.median(after: statements.joined(separator: "\n"))
    }
    judgeYield(statements: advice.first?.statements ?? [])
    try await judgeSecond(advice, in: database.original)
  }

  private static func reference(
    of fault: PlantedFault, in database: FaultDatabase, _ tryingAllCandidates: Bool
  ) async throws -> Double? {
    if let rewritten = fault.rewritten {
      return try await WarmRuns(database: database.original, query: rewritten).median()
    }
    let named = tryingAllCandidates ? nil : fault.reference
    var best: Double?
    for candidate in named.map({ [$0] }) ?? fault.candidates {
      let runs = WarmRuns(database: try await database.copy(), query: fault.query)
      let time = try await runs.median(after: candidate)
      if named == nil { print("candidate of \(fault.name): \(time) ms: \(candidate)") }
      best = min(best ?? .infinity, time)
    }
    return best
  }
}

extension FaultResult {
  private mutating func judge(_ advice: Advice) {
    if let finding = advice.first { first = "\(finding.rule.text): \(finding.title)" }
    let isOfATable = CauseWords.withoutTable.isDisjoint(with: fault.causes)
    rank = advice.rank(of: fault.causes, table: isOfATable ? fault.table : nil)
    forbidden = advice.forbidden(fault.forbidden)
    if !forbidden.isEmpty { complaints.append("forbidden advice: \(forbidden)") }
    if fault.deservesSilence { judgeSilence(advice) } else { judgeCause() }
  }

  private mutating func judgeSilence(_ advice: Advice) {
    complaints += advice.findings.filter(\.recommends).map {
      "\($0.rule.text) recommends something: \($0.title)"
    }
    complaints += advice.gaps.map { "not examined: \($0.missing): \($0.reason)" }
  }

  private mutating func judgeCause() {
    if rank != 1 {
      let place = rank.map { "stands in finding \($0)" } ?? "is not found"
      complaints.append("\(fault.cause) of \(fault.table) \(place), finding 1 is \(first)")
    }
  }

  private mutating func judgeSecond(_ advice: Advice, in cured: ThrowawayDatabase) async throws {
    guard let second = fault.second else { return }
    secondRank = advice.rank(of: [second.cause], table: second.table)
    if secondRank == nil {
      secondIsNext = try await Advice(on: fault, in: cured).rank(of: [second.cause], table: second.table) == 1
    }
    if secondRank == 1 || (secondRank == nil && !secondIsNext) {
      complaints.append("the smaller fault, \(second.cause) of \(second.table), is no later finding")
    }
  }

  private mutating func judgeYield(statements: [String]) {
    guard let yield, yield < Self.leastYield else { return }
    complaints.append("the yield of \(statements) is \(yield)")
  }
}

extension PlantedFault {
  /// Whether the statement is an UPDATE or DELETE.
  fileprivate var changesRows: Bool {
    query.split(separator: "\n").contains { line in
      ["UPDATE ", "DELETE "].contains { line.uppercased().hasPrefix($0) }
    }
  }
}
