import Catalog
import Testing

@testable import Diagnosis

@Suite struct SkewTests {
  private let rule = Skew()
  private let stem = "fires-when-a-frequent-value-is-not-listed"

  private func consignments(_ change: (inout RelationEvidence) -> Void) -> EvidenceBook {
    EvidenceBook.shop.changing("consignments", change)
  }

  private func target(_ finding: Finding) -> Int? {
    finding.remedies.lazy.compactMap { remedy -> Int? in
      if case .setStatisticsTarget(_, let target) = remedy.action { target } else { nil }
    }.first
  }

  @Test func showsTheAverageShareThatStandsForTheValue() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.title.hasPrefix("The value searched in public.consignments.hub is"))
    #expect(
      finding.observations[0].contains("pg_stats lists 4 most common values of public.consignments.hub"))
    #expect(
      finding.cause.explanation.contains { $0.contains("(p.hub = 11): (1 − 0.1334 in 4 most common values") })
    #expect(finding.cause.explanation.contains { $0.contains("There are 666 such rows of 40,000 = 0.01665") })
  }

  /// At most 60 values can have a sixtieth of the rows each; the counted rank says more.
  @Test(arguments: [(Int?.none, 100), (20, 100), (120, 200), (7_000, 10_000)])
  func reachesTheValueWithTheList(_ rank: Int?, expected: Int) throws {
    let book = consignments { relation in
      guard let rank else { return }
      let others = (1..<rank).map { FrequentValues.Entry("o\($0)", rows: 700) }
      relation.frequentValues = [FrequentValues(column: "hub", values: others + [.init("11", rows: 666)])]
    }
    #expect(target(try rule.finding(in: stem, evidence: book)) == expected)
  }

  @Test func advisesNothingWhereTheLongestListIsTooShort() throws {
    let book = consignments { relation in
      let others = (1..<9_000).map { FrequentValues.Entry("o\($0)", rows: 700) }
      relation.frequentValues = [FrequentValues(column: "hub", values: others + [.init("11", rows: 666)])]
    }
    let finding = try rule.finding(in: stem, evidence: book)
    #expect(target(finding) == nil)
  }

  @Test func leavesAValueThatCameSinceToStaleStatistics() throws {
    let book = consignments { relation in
      relation.statistics.modifiedSinceAnalyze = 2_000
      // Every value is listed, so the one that is not is new.
      relation.columns[3] = .sampled(
        "hub", distinct: 4, common: ["10", "12", "14", "26"], frequencies: [0.25, 0.25, 0.25, 0.2499])
    }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
    #expect(
      try StaleStatistics().examine(DiagnosticCase(Fixture(rule: "Skew", stem: stem), evidence: book))
        .findings.count == 1)
  }

  @Test func keepsAValueThatAnalyzeWouldNotListEither() throws {
    let book = consignments { $0.statistics.modifiedSinceAnalyze = 2_000 }
    #expect(try rule.findings(in: stem, evidence: book).count == 1)
  }

  @Test func leavesAWrongNumberOfDistinctValuesToItsOwnRule() throws {
    let book = consignments { $0.distinctCounts = [DistinctCount(["hub"], 64)] }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
    let outcome = WrongNDistinct().examine(
      try DiagnosticCase(Fixture(rule: "Skew", stem: stem), evidence: book))
    #expect(outcome.findings.count == 1)
  }

  @Test func namesNoCauseWhereTheEstimateIsNotReproduced() throws {
    let book = consignments { $0.columns[3] = .sampled("hub", distinct: 1_000, bounds: ["0", "40099"]) }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
    let error = EstimationError().examine(
      try DiagnosticCase(Fixture(rule: "Skew", stem: stem), evidence: book))
    #expect(error.findings.first?.cause.explanation.first?.contains("could not be reproduced") ?? false)
    #expect(error.findings.first?.cause.basis == .unverified)
  }
}
