import Diagnosis
import Testing

@Suite struct FixtureTests {
  @Test(arguments: Fixture.all)
  func everyRuleAnswersAPlanAsTheNameOfItsFileSays(_ fixture: Fixture) throws {
    let rule = try #require(
      RuleRegistry.rules.first { type(of: $0).name.text == fixture.rule }, "the folder bears no rule's name")
    let outcome = rule.examine(try DiagnosticCase(fixture))
    switch try #require(fixture.side, "the name says neither fires nor silent") {
    case .fires: #expect(!outcome.findings.isEmpty)
    case .silent: #expect(outcome == .examined([]))
    case .notExamined:
      guard case .notExamined = outcome else {
        Issue.record("the rule said \(outcome)")
        return
      }
    }
  }

  @Test(arguments: RuleRegistry.rules.map { type(of: $0).name.text })
  func everyRuleHasAPlanThatFiresItAndOneThatMustNot(_ rule: String) {
    let sides = Set(Fixture.all.filter { $0.rule == rule }.map(\.side))
    #expect(sides.contains(.fires))
    #expect(sides.contains(.silent))
  }
}
