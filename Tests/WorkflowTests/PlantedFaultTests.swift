import Diagnosis
import Foundation
import Testing

/// Databases with known faults, or none: does finding 1 name the cause, does its SQL cure it, and is a
/// healthy plan left in peace?
@Suite(.serialized) struct PlantedFaultTests {
  private static let cases = FaultSelection.current.cases
  private static let triesAllCandidates = ProcessInfo.processInfo.environment["PLANDX_CANDIDATES"] == "all"
  /// Half of all cures do nearly all that the best fix does.
  private static let leastMedianYield = 0.8

  @Test(arguments: cases.filter { !$0.deservesSilence })
  func namesTheTrueCauseFirstAndItsSQLCuresIt(_ fault: PlantedFault) async throws {
    try await Self.examine(fault)
  }

  @Test(arguments: cases.filter(\.deservesSilence))
  func recommendsNothingWhereNothingIsWrong(_ fault: PlantedFault) async throws {
    try await Self.examine(fault)
  }

  private static func examine(_ fault: PlantedFault) async throws {
    let result = await result(of: fault)
    let page = await FaultLedger.shared.note(result)
    for complaint in result.complaints { Issue.record("\(complaint)") }
    guard let page else { return }
    print(page.markdown)
    if let median = page.medianYield { #expect(median >= leastMedianYield) }
  }

  /// What the server refused is a complaint, so that the page has every case.
  private static func result(of fault: PlantedFault) async -> FaultResult {
    do {
      return try await FaultResult(running: fault, tryingAllCandidates: triesAllCandidates)
    } catch {
      return FaultResult(fault: fault, first: "not analysed", complaints: ["\(error)"])
    }
  }
}

/// The cases themselves, without a server.
@Suite struct PlantedFaultCaseTests {
  @Test func areEnoughOfEachKind() {
    let all = PlantedFault.all
    #expect(all.filter { !$0.deservesSilence }.count >= 45)
    #expect(all.filter { $0.kind == .healthy }.count >= 20)
    #expect(all.filter { $0.kind == .trap }.count >= 8)
    #expect(all.filter { $0.second != nil }.count >= 6)
    #expect(all.filter(\.isHeldOut).count == 10)
  }

  @Test(arguments: PlantedFault.all.filter { $0.kind == .healthy })
  func haveAFaultyTwinWhereTheyAreHealthy(_ healthy: PlantedFault) {
    let twin = PlantedFault.all.first { $0.name == healthy.twin }
    #expect(twin?.deservesSilence == false)
  }

  @Test(arguments: PlantedFault.all.filter { !$0.deservesSilence })
  func nameTheirCauseInWordsThatARuleHas(_ fault: PlantedFault) {
    let known = CauseWords.byRule.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    let words = fault.causes.union(fault.second.map { [$0.cause] } ?? [])
    #expect(words.subtracting(known).isEmpty)
    #expect(!fault.needsRewrite || fault.rewritten != nil)
    #expect(fault.reference.map { $0 == "rewritten.sql" || fault.candidates.contains($0) } ?? true)
  }

  @Test func knowTheWordsOfEveryRule() {
    let rules = Set(RuleRegistry.rules.map { type(of: $0).name })
    #expect(rules.subtracting(CauseWords.byRule.keys).isEmpty, "add them to CauseWords")
  }
}
