import Catalog
import Testing

@testable import Diagnosis

@Suite struct RankingTests {
  private static func finding(
    _ name: String, share: Double, milliseconds: Double? = 100, node: Int = 0, because cause: String? = nil,
    rule: RuleName = "R", subject: Subject = .originalQuery, remedies: [Remedy] = []
  ) -> Finding {
    Finding(
      rule: rule, title: name, appliesTo: subject, blamedNodes: [node],
      impact: Impact(milliseconds: milliseconds, share: share), observations: [],
      cause: Cause([], basis: .inferredFromPlan, falsifier: ""), remedies: remedies,
      explainedBy: cause.map { ProblemKey("R", $0) }, key: ProblemKey("R", name))
  }

  private static let remedy = Remedy(
    .analyze(QualifiedName(schema: nil, name: "t")), rationale: "",
    expectation: .computed(upTo: 1, from: ""))

  /// What is printed, as `1 name` or `2 name <- 1`.
  private func printed(_ findings: [Finding], showingAll: Bool = false) -> [String] {
    Ranking.rank(findings, showingAll: showingAll).findings.map { ranked in
      "\(ranked.number) \(ranked.finding.title)" + (ranked.consequenceOf.map { " <- \($0)" } ?? "")
    }
  }

  @Test func putsTheMostExpensiveFirst() {
    let findings = [Self.finding("small", share: 0.1), Self.finding("large", share: 0.7)]
    #expect(printed(findings) == ["1 large", "2 small"])
  }

  @Test func breaksTiesByThePlaceInThePlanThenByTheOrderOfTheRules() {
    let findings = [
      Self.finding("late", share: 0.3, node: 5), Self.finding("first", share: 0.3, node: 2),
      Self.finding("second", share: 0.3, node: 2), Self.finding("third", share: 0.3, node: 2),
    ]
    #expect(printed(findings) == ["1 first", "2 second", "3 third", "4 late"])
  }

  @Test func putsTheCauseBeforeItsEffectsAndRanksThemTogether() {
    let findings = [
      Self.finding("alone", share: 0.5), Self.finding("effect", share: 0.6, because: "cause"),
      Self.finding("cause", share: 0.1), Self.finding("other effect", share: 0.7, because: "cause"),
    ]
    #expect(printed(findings) == ["1 cause", "2 other effect <- 1", "3 effect <- 1", "4 alone"])
  }

  @Test func letsTheCauseInheritImpactAndSeverityAndAloneKeepItsRemedies() {
    let findings = [
      Self.finding("effect", share: 0.6, milliseconds: 600, because: "cause", remedies: [Self.remedy]),
      Self.finding("cause", share: 0.1, milliseconds: 100, remedies: [Self.remedy]),
    ]
    let ranked = Ranking.rank(findings).findings
    #expect(ranked.map(\.severity) == [.critical, .critical])
    #expect(ranked.map(\.finding.impact.milliseconds) == [600, 600])
    #expect(ranked.map(\.finding.remedies.count) == [1, 0])
  }

  @Test func followsCausesOfCauses() {
    let findings = [
      Self.finding("c", share: 0.6, because: "b"), Self.finding("b", share: 0.1, because: "a"),
      Self.finding("a", share: 0.1),
    ]
    #expect(printed(findings) == ["1 a", "2 c <- 1", "3 b <- 1"])
  }

  @Test func standsAloneWhenItsCauseWasNotFound() {
    #expect(printed([Self.finding("effect", share: 0.6, because: "missing")]) == ["1 effect"])
  }

  @Test func printsEveryFindingOnceWhenCausesRunInACircle() {
    let circle = [
      Self.finding("a", share: 0.2, because: "b"), Self.finding("b", share: 0.3, because: "c"),
      Self.finding("c", share: 0.4, because: "b"), Self.finding("d", share: 0.1, because: "a"),
    ]
    #expect(printed(circle) == ["1 b", "2 c <- 1", "3 a <- 1", "4 d <- 1"])
    #expect(printed([Self.finding("self", share: 0.2, because: "self")]) == ["1 self"])
  }

  @Test(arguments: [
    (0.01, 1.0, true), (0.009_9, 500, false), (0.5, 0.999, false), (0.5, 1, true),
  ])
  func countsWhatIsUnder1PercentOr1Millisecond(_ share: Double, milliseconds: Double, isPrinted: Bool) {
    let ranked = Ranking.rank([Self.finding("f", share: share, milliseconds: milliseconds)])
    #expect(ranked.findings.isEmpty != isPrinted)
    #expect(ranked.minor.isEmpty == isPrinted)
  }

  @Test func judgesByTheShareAloneWithoutTimes() {
    #expect(printed([Self.finding("f", share: 0.01, milliseconds: nil)]) == ["1 f"])
    #expect(printed([Self.finding("f", share: 0.009, milliseconds: nil)]).isEmpty)
  }

  @Test func printsMinorFindingsOnDemand() {
    let ranked = Ranking.rank([Self.finding("f", share: 0.001)], showingAll: true)
    #expect(ranked.findings.map(\.severity) == [.low])
    #expect(ranked.minor.isEmpty)
  }

  @Test func printsBugReportsAndExperimentsWhateverTheyCost() {
    let bug = Self.finding(
      "bug", share: 0,
      remedies: [Remedy(.reportBug, rationale: "", expectation: .unknown(direction: "", missing: ""))])
    let failed = Self.finding("failed", share: 0, subject: .gucExperiment)
    let ranked = Ranking.rank([bug, failed]).findings
    #expect(ranked.map(\.severity) == [.bugReport, .low])
    #expect(ranked.map(\.finding.title) == ["bug", "failed"])
  }
}

@Suite struct SeverityTests {
  @Test(arguments: [
    (1.0, Severity.critical), (0.500_001, .critical), (0.5, .high), (0.2, .high), (0.199_999, .moderate),
    (0.05, .moderate), (0.049_999, .low), (0, .low),
  ])
  func followsTheShareOfTheExecution(_ share: Double, severity: Severity) {
    #expect(Severity(share: share) == severity)
  }

  @Test func neverTakesMoreThanTheWholeExecution() {
    #expect(Impact(milliseconds: 228, share: 2.28).share == 1)
    #expect(Impact(milliseconds: -1, share: -0.1).share == 0)
  }

  @Test func ranksABugReportWithTheLowest() {
    #expect(Severity.allCases.map(\.rank) == [3, 2, 1, 0, 0])
  }
}
