import Foundation
import Testing

@testable import handbook

@Suite struct RulesPageTests {
  @Test func givesEveryRuleAPageWithTheFixedHeadings() throws {
    #expect(try RulesPage(sourcesOf: Repository.root).complaints.isEmpty)
  }

  @Test func isWhatTheDocCommentsSay() throws {
    let page = try RulesPage(sourcesOf: Repository.root)
    #expect(try page.recorded() == page.markdown, "docs/rules.md is stale: run \(RulesPage.command)")
  }

  private static let complete = """
    /// Finds joins that
    /// take long.
    ///
    /// ## Why it matters
    /// Time.
    ///
    /// ## Formula
    /// a / b
    ///
    /// ## Thresholds
    /// - 5x
    ///
    /// ## Silent when
    /// Never.
    ///
    /// ## Remedies
    /// None.
    ///
    /// ## Known limits
    /// None.
    public struct SlowJoin: Rule {
    }
    """

  private static func rule(_ source: String, path: String = "Rules/Joins/SlowJoin.swift") throws
    -> RuleDocumentation
  {
    try #require(RuleDocumentation(source: source, path: path))
  }

  @Test func readsTheFirstParagraphAndTheSectionsOfADocComment() throws {
    let rule = try Self.rule(Self.complete)
    #expect(rule.name == "SlowJoin")
    #expect(rule.summary == "Finds joins that take long.")
    #expect(rule.sections.map(\.heading) == RuleDocumentation.headings)
    #expect(rule.sections[2].lines == ["- 5x"])
    #expect(rule.complaints.isEmpty)
  }

  @Test func takesNoOtherTypeForARule() {
    #expect(
      RuleDocumentation(source: "public struct JoinInput: Sendable {\n}", path: "JoinInput.swift") == nil)
  }

  @Test(arguments: [
    ("/// ## Formula\n/// a / b\n///\n", "", "headings are not"),
    ("## Silent when", "## Silent", "headings are not"),
    ("/// Never.\n", "", "nothing is said under 'Silent when'"),
    ("/// Finds joins", "/// Joins", "no sentence that begins with 'Finds'"),
    ("SlowJoin: Rule", "FastJoin: Rule", "FastJoin is declared in SlowJoin.swift"),
  ])
  func complainsAboutARuleThatLacks(_ text: String, replacement: String, complaint: String) throws {
    let broken = try Self.rule(Self.complete.replacingOccurrences(of: text, with: replacement))
    #expect(broken.complaints.count == 1)
    #expect(broken.complaints.first?.contains(complaint) == true)
  }
}

/// The repository that the tests were built from.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
