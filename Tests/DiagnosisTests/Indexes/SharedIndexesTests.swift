import Catalog
import Testing

@testable import Diagnosis

@Suite struct SharedIndexesTests {
  private static func finding(
    _ name: String, _ keys: String..., table: String = "t", share: Double = 0.3, including: [String] = []
  ) -> Finding {
    let proposal = IndexProposal(
      table: QualifiedName(schema: "public", name: table), keys: keys.map { IndexKey($0) },
      includedColumns: including)
    return Finding(
      rule: "R", title: name, blamedNodes: [0], impact: Impact(milliseconds: 100, share: share),
      observations: [], cause: Cause([], basis: .inferredFromPlan, falsifier: ""),
      remedies: keys.isEmpty
        ? [] : [Remedy(.createIndex(proposal), rationale: "", expectation: .computed(upTo: 1, from: ""))],
      key: ProblemKey("R", name))
  }

  /// Which finding each is linked to.
  private func links(_ findings: Finding...) -> [String?] {
    SharedIndexes.linking(findings).map { $0.explainedBy?.subject }
  }

  @Test func linksAnIndexToTheLongestOneThatStartsWithItsKeys() {
    #expect(
      links(
        Self.finding("a", "a"), Self.finding("ab", "a", "b"), Self.finding("abc", "a", "b", "c"),
        Self.finding("b", "b")) == ["abc", "abc", nil, nil])
  }

  @Test func linksEqualIndexesToTheCostliest() {
    let dear = Self.finding("dear", "a", share: 0.6)
    #expect(
      links(Self.finding("cheap", "a"), dear, Self.finding("twin", "a", share: 0.6)) == ["dear", nil, "dear"])
  }

  @Test func leavesOtherTablesAndFindingsWithoutIndexAlone() {
    #expect(
      links(Self.finding("a", "a"), Self.finding("x", "a", "b", table: "x"), Self.finding("none")) == [
        nil, nil, nil,
      ])
  }

  @Test func linksNothingWhoseIncludedColumnsAreMissing() {
    #expect(links(Self.finding("a", "a", including: ["c"]), Self.finding("ab", "a", "b")) == [nil, nil])
  }

  @Test func advisesOneIndexForATableThatIsReadTwice() throws {
    let query = try DiagnosticCase(
      Fixture(rule: "FullScanFilterWaste", stem: "fires-for-each-set-of-columns"))
    let ranked = RuleRegistry.examine(query).ranked().findings
    #expect(ranked.map(\.finding.advisedKeys) == ["status, total", nil])
    #expect(ranked.map(\.consequenceOf) == [nil, 1])
  }
}
