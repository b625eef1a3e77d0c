import Testing

@testable import Diagnosis

@Suite struct WordsTests {
  @Test(arguments: [
    (0.0, "0"), (1, "1"), (1.26, "1.3"), (9.96, "10.0"), (10.4, "10"), (999, "999"), (1_000, "1,000"),
    (1_842.4, "1,842"), (1_234_567, "1,234,567"), (-1_234, "-1,234"),
    (9_007_199_254_740_992, "9,007,199,254,740,992"),
  ])
  func writesCounts(_ value: Double, text: String) {
    #expect(Words.count(value) == text)
  }

  @Test(arguments: [
    (0.4, "0"), (999.4, "999"), (1_000, "about 1,000"), (12_345, "about 12,300"), (799_999, "about 800,000"),
    (1_234_567_890, "about 1,230,000,000"),
  ])
  func writesThreeDigitsOfACountThatIsNotExact(_ value: Double, text: String) {
    #expect(Words.about(value) == text)
  }

  @Test(arguments: [
    (0.0, "0.000 ms"), (0.045, "0.045 ms"), (0.999_9, "1.000 ms"), (1, "1.0 ms"), (12.34, "12.3 ms"),
    (99.96, "100.0 ms"), (100, "100 ms"), (1_842.4, "1,842 ms"),
  ])
  func writesMilliseconds(_ value: Double, text: String) {
    #expect(Words.milliseconds(value) == text)
  }

  @Test(arguments: [
    (0.0, "0%"), (0.000_4, "under 0.1%"), (0.000_5, "0.1%"), (0.01, "1%"), (0.996, "99.6%"),
    (0.999_5, "100.0%"),
    (0.999_6, "over 99.9%"), (1, "100%"), (0.5, "50%"), (0.333, "33.3%"),
  ])
  func writesSharesAndNeverRoundsToAllOrNothing(_ share: Double, text: String) {
    #expect(Words.percent(share) == text)
  }

  @Test(arguments: [(1.0, "1.0x"), (12.44, "12.4x"), (99.96, "100.0x"), (100, "100x"), (1_842.4, "1,842x")])
  func writesRatios(_ value: Double, text: String) {
    #expect(Words.ratio(value) == text)
  }

  @Test(arguments: [
    (0.0, "0 bytes"), (1_023, "1023 bytes"), (1_024, "1.0 kB"), (10_240, "10 kB"), (655_360, "640 kB"),
    (22_020_096, "21 MB"), (1_073_741_824, "1.0 GB"), (1_125_899_906_842_624, "1024 TB"),
  ])
  func writesBytesAsPostgreSQLDoes(_ value: Double, text: String) {
    #expect(Words.bytes(value) == text)
  }

  @Test(arguments: [(0.0, "0 rows"), (1, "1 row"), (1.5, "1.5 rows"), (2_000, "2,000 rows")])
  func countsNouns(_ value: Double, text: String) {
    #expect(Words.counted(value, "row") == text)
  }

  @Test(arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
  func listsNames(_ names: [String], text: String) {
    #expect(Words.list(names) == text)
  }

  @Test(arguments: [(Double.infinity, "inf"), (.nan, "nan"), (-0.0, "0"), (-0.04, "0.0"), (1e20, "1e+20")])
  func writesWhatIsNoOrdinaryNumber(_ value: Double, text: String) {
    #expect(Words.count(value) == text)
  }
}
