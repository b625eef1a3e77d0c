import Catalog
import Testing

@testable import Diagnosis

@Suite struct CorrelatedPredicatesTests {
  private let rule = CorrelatedPredicates()
  private let stem = "fires-when-two-columns-say-the-same"

  /// Consignments of which this many have the town and the zip.
  private func consignments(together: Double, alone: Double = 400) -> EvidenceBook {
    let both: Set = ["(p.town = 'town 7'::text)", "(p.zip = 'zip 7'::text)"]
    return .shop.changing("consignments") { relation in
      for position in relation.predicateCounts.indices {
        let predicates = Set(relation.predicateCounts[position].predicates)
        if predicates == both { relation.predicateCounts[position].rows = together }
        if predicates.count == 1, predicates.isSubset(of: both) {
          relation.predicateCounts[position].rows = alone
        }
      }
    }
  }

  @Test func multipliesWhatWasCountedAndShowsThatTogetherItIsMore() throws {
    let finding = try rule.finding(in: stem)
    #expect(
      finding.observations == [
        "The planner multiplies the predicates' selectivities as if they were independent: 1% × 1% of 40,000 rows = 4 rows. Counted together they hold for 400 rows: the columns are correlated (100x)."
      ])
    #expect(finding.cause.explanation.contains { $0.contains("40,000 rows × 0.01 × 0.01 = 4 rows") })
    #expect(finding.blamedNodes == [3])
  }

  @Test func carriesTheMisestimateAsItsConsequence() throws {
    let examination = RuleRegistry.examine(
      try DiagnosticCase(Fixture(rule: "CorrelatedPredicates", stem: stem)))
    let error = try #require(examination.findings.first { $0.rule == EstimationError.name })
    #expect(error.explainedBy == ProblemKey(CorrelatedPredicates.name, "public.consignments(town,zip)"))
    #expect(examination.findings.contains { $0.key == error.explainedBy })
  }

  /// Independent would be 4 rows.
  @Test(arguments: [(12.0, false), (13, true)])
  func callsPredicatesCorrelatedFromThreeTimesOn(_ together: Double, isCorrelated: Bool) throws {
    #expect(try rule.findings(in: stem, evidence: consignments(together: together)).isEmpty != isCorrelated)
  }

  @Test func blamesASingleFactorThatIsFurtherOff() throws {
    #expect(try rule.findings(in: stem, evidence: consignments(together: 20_000, alone: 20_000)).isEmpty)
  }

  /// A list of a hundred combinations has every one that is as frequent as a hundredth.
  @Test(arguments: [
    (400.0, StatisticsProposal.Kind.mcv, Int?.none), (399, .dependencies, nil), (190, .mcv, 500),
  ])
  func advisesTheKindThatServes(_ together: Double, kind: StatisticsProposal.Kind, target: Int?) throws {
    let book = consignments(together: together, alone: together < 399 ? 400 : together)
    let finding = try rule.finding(in: stem, evidence: book)
    guard case .createStatistics(let proposal) = try #require(finding.remedies.first).action else {
      Issue.record("\(finding.remedies)")
      return
    }
    #expect(proposal.kinds == [kind])
    #expect(proposal.columns == ["town", "zip"])
    #expect(proposal.target == target)
  }

  @Test func advisesNoStatisticsThatExist() throws {
    let book = EvidenceBook.shop.changing("consignments") {
      $0.extendedStatistics = [
        ExtendedStatistics(
          name: "consignments_town_zip_stat", columns: ["town", "zip"],
          dependencies: [FunctionalDependency(from: ["town"], to: "zip", degree: 0)])
      ]
    }
    let finding = try rule.finding(in: stem, evidence: book)
    #expect(!finding.remedies.contains { if case .createStatistics = $0.action { true } else { false } })
  }

  @Test func advisesNoneWhereTheEngineHasNone() throws {
    let finding = try rule.finding(in: stem, engine: .dsql)
    #expect(!finding.remedies.contains { if case .createStatistics = $0.action { true } else { false } })
  }

  @Test func takesTwoBoundsOfOneColumnForOneCondition() throws {
    let plan = """
      Nested Loop  (cost=14.49..2112.71 rows=8 width=0) (actual time=0.024..21.483 rows=800 loops=1)
        ->  Seq Scan on public.consignments p  (cost=0.00..895.00 rows=4 width=4) (actual time=0.008..17.489 rows=400 loops=1)
              Filter: ((p.wide >= 7000) AND (p.wide < 7400))
              Rows Removed by Filter: 39600
        ->  Index Only Scan using moves_parcel_id_idx on public.moves m  (cost=14.49..296.43 rows=800 width=4) (actual time=0.008..0.009 rows=2 loops=400)
              Index Cond: (m.parcel_id = p.id)
      Execution Time: 21.5 ms
      """
    let book = EvidenceBook.shop.changing("consignments") {
      $0.predicateCounts = [
        PredicateCount(predicates: ["(p.wide >= 7000)"], rows: 33_001),
        PredicateCount(predicates: ["(p.wide < 7400)"], rows: 7_399),
        PredicateCount(predicates: ["(p.wide >= 7000)", "(p.wide < 7400)"], rows: 400),
      ]
    }
    #expect(rule.examine(try DiagnosticCase(plan, evidence: book)).findings.isEmpty)
  }
}
