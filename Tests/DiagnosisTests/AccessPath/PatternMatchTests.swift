import Catalog
import Testing

@testable import Diagnosis

@Suite struct PatternMatchTests {
  private let rule = PatternMatch()

  @Test(
    arguments: [
      ("fires-on-text-inside", "note", IndexMethod.gin, "gin_trgm_ops", "pg_trgm"),
      ("fires-on-caseless-expression", "note", .gin, "gin_trgm_ops", "pg_trgm"),
      ("fires-on-document-contained", "doc", .gin, "jsonb_path_ops", nil),
      ("fires-on-member-of-array", "tags", .gin, nil, nil),
      ("fires-on-start-of-text", "note", .btree, "text_pattern_ops", nil),
      ("fires-on-start-under-a-language-collation", "note", .btree, "text_pattern_ops", nil),
    ] as [(String, String, IndexMethod, String?, String?)])
  func advisesTheKindOfIndexThatServes(
    _ stem: String, _ column: String, _ method: IndexMethod, _ operators: String?, _ needs: String?
  ) throws {
    let proposal = try #require(try rule.finding(in: stem).proposal)
    #expect(proposal.keys == [IndexKey(column, operatorClass: operators)])
    #expect(proposal.method == method)
    #expect(proposal.requiredExtension == needs)
  }

  @Test func rewritesMembershipIntoTheFormThatGINServes() throws {
    let finding = try rule.finding(in: "fires-on-member-of-array")
    #expect(
      finding.remedies.map(\.action).last
        == .changeStatement("Write tags @> ARRAY['t77'::text] instead of 't77'::text = ANY (tags)"))
  }

  @Test func saysWhenAPatternIsTooShortForTrigrams() throws {
    let finding = try rule.finding(in: "fires-without-remedy-on-two-characters")
    #expect(finding.remedies.isEmpty)
    #expect(finding.noRemedy?.contains("no three letters") ?? false)
  }

  @Test func asksForNoExtensionThatTheServerLacks() throws {
    var evidence = EvidenceBook.shop
    evidence.database.availableExtensions = ["plpgsql"]
    let finding = try rule.finding(in: "fires-on-text-inside", evidence: evidence)
    #expect(finding.noRemedy?.contains("pg_trgm is not available") ?? false)
    evidence.database.availableExtensions = ["pg_trgm"]
    #expect(try rule.finding(in: "fires-on-text-inside", evidence: evidence).proposal != nil)
  }

  @Test func advisesAPlainIndexUnderTheCollationOfBytes() throws {
    var evidence = EvidenceBook.shop
    evidence.database.collation = "C"
    let finding = try rule.finding(in: "fires-on-start-of-text", evidence: evidence)
    #expect(finding.advisedKeys == "note")
    #expect(finding.proposal?.keys.first?.operatorClass == nil)
  }

  @Test func saysThatAuroraDSQLHasNoSuchIndex() throws {
    let finding = try rule.finding(in: "fires-on-text-inside", engine: .dsql)
    #expect(finding.remedies.isEmpty)
    #expect(finding.noRemedy?.hasPrefix("Aurora DSQL has no trigram or GIN indexes") ?? false)
  }

  @Test(arguments: [
    ("%cafe%", true), ("%ab%", false), ("%ab%cd%", false), ("%a_bcd%", true), ("%x y z%", false),
    ("%%", false),
  ])
  func knowsWhichPatternsHoldThreeCharactersInARow(_ pattern: String, _ expected: Bool) {
    #expect(SearchedText(pattern, .like, operatorText: "").hasTrigrams == expected)
  }

  @Test(
    arguments: [
      ("cafe", true, nil), ("caf?e", false, nil), ("[abc]de", false, nil), ("ab.*cde", true, nil),
      ("^ABC", true, "ABC"), ("^ABC*", false, "AB"), ("abc|def", false, nil),
    ] as [(String, Bool, String?)])
  func readsOnlyWhatEveryMatchOfAnExpressionHas(_ pattern: String, _ has: Bool, _ prefix: String?) {
    let text = SearchedText(pattern, .matches, operatorText: "(t.a ~ 'x'::text)")
    #expect(text.hasTrigrams == has)
    #expect(text.prefix == prefix)
  }
}
