import Testing

/// The page that a run writes, without a server.
@Suite struct FaultPageTests {
  private static func result(
    _ name: String, rank: Int? = nil, after: Double? = nil, forbidden: [String] = [],
    complaints: [String] = []
  ) throws -> FaultResult {
    let fault = try #require(PlantedFault.all.first { $0.name == name })
    let reference: Double? = fault.deservesSilence ? nil : 10
    return FaultResult(
      fault: fault, rank: rank, before: 110, after: after, reference: reference, forbidden: forbidden,
      complaints: complaints)
  }

  @Test func countsWhatARunCameTo() throws {
    let cured = try Self.result("filter-few-rows", rank: 1, after: 20)
    let late = try Self.result("filter-date-window", rank: 2, after: 110, complaints: ["late"])
    let silent = try Self.result("healthy-most-rows")
    let loud = try Self.result("healthy-tiny-table", forbidden: ["ANALYZE"], complaints: ["advice"])
    let text = FaultPage([cured, late, silent, loud], of: .all).markdown
    for row in [
      "| True cause in finding 1 | 1 of 2 |",
      "| Yield of pasting finding 1's SQL, least | 0.00 |",
      "| Yield, median | 0.90 |",
      "| Yield of at least 0.5 | 1 of 2 |",
      "| Healthy plans and traps without a recommendation | 1 of 2 |",
      "| … of those, with a twin in this run whose fault is found | 1 of 1 |",
      "| Forbidden advice | 1 |",
      "| Cases without any complaint | 2 of 4 |",
    ] {
      #expect(text.contains(row), "\(text)")
    }
  }

  @Test func measuresNoYieldWhereOnlyAnotherStatementCures() throws {
    #expect(try Self.result("offset-export-page", rank: 1).yield == nil)
    #expect(try Self.result("filter-few-rows", rank: 1).yield == 0)
    #expect(try Self.result("filter-few-rows", rank: 1, after: 60).yield == 0.5)
  }

  @Test(arguments: [
    (1, 2, false, true), (1, nil, true, true), (1, nil, false, false), (1, 1, false, false),
    (2, 1, false, false), (2, nil, true, false),
  ])
  func wantsTheLargerOfTwoFaultsFirst(rank: Int, second: Int?, isNext: Bool, isRight: Bool) throws {
    var result = try Self.result("double-stale-then-filter-index", rank: rank)
    (result.secondRank, result.secondIsNext) = (second, isNext)
    #expect(result.hasTheRightOrder == isRight)
  }
}
