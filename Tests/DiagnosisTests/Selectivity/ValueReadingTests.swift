import Testing

@testable import Diagnosis

@Suite struct ValueReadingTests {
  @Test(arguments: [
    ("1970-01-02", ValueType.date, 86_400.0), ("2024-03-01", .date, 1_709_251_200),
    ("1969-12-31", .date, -86_400),
    ("1970-01-01 00:00:01.5", .timestamp, 1.5), ("1970-01-01 02:00:00+02", .zonedTimestamp, 0),
    ("1970-01-01 00:00:00-05:30", .zonedTimestamp, 19_800), ("01:00:30", .time, 3_630),
    ("-00:00:05", .interval, -5),
    ("1 day 00:00:01", .interval, 86_401), ("1 year", .interval, 31_557_600),
    ("2 mons -3 days", .interval, 5_000_400),
  ])
  func readsTimesAsSeconds(_ text: String, _ type: ValueType, _ seconds: Double) {
    #expect(TimeText.seconds(text, type) == seconds)
  }

  @Test(arguments: [
    ("01.03.2024", ValueType.date), ("2024-03-01 10:00:00", .zonedTimestamp), ("soon", .interval),
  ])
  func refusesOtherNotations(_ text: String, _ type: ValueType) {
    #expect(TimeText.seconds(text, type) == nil)
  }

  @Test func comparesValuesByTheirType() {
    #expect(ColumnValue("1.50", type: .number)?.key == ColumnValue("1.5", type: .number)?.key)
    #expect(ColumnValue("ab  ", type: .paddedText)?.key == "ab")
    #expect(ColumnValue("x", type: .number) == nil)
    let (nine, ten) = (ColumnValue("9", type: .number), ColumnValue("10", type: .number))
    #expect(ten.flatMap { nine?.isLess(than: $0) } == true)
    #expect(ColumnValue("10.0.0.1", type: .address)?.order == .number(167_772_161))
    #expect(ColumnValue("::1", type: .address) == nil)
  }

  @Test(
    arguments: [
      ("{1,2}", ["1", "2"]), ("{}", []), ("{\"a b\",NULL,\"NULL\"}", ["a b", nil, "NULL"]),
      ("{\"a\\\"b\",\"c,d\"}", ["a\"b", "c,d"]), ("{{1},{2}}", nil), ("1,2", nil),
    ] as [(String, [String?]?)])
  func readsArrays(_ text: String, _ members: [String?]?) {
    #expect(ArrayText.members(text) == members)
  }

  @Test(arguments: [
    ("a%c", "abbc", true), ("a%c", "abcd", false), ("a_c", "abc", true), ("a_c", "ac", false),
    ("%", "", true),
    ("a\\%c", "a%c", true), ("a\\%c", "abc", false), ("", "", true), ("%b%", "abc", true), ("_", "", false),
  ])
  func matchesLikePatterns(_ pattern: String, _ value: String, _ matches: Bool) {
    #expect(LikePattern(pattern, isCaseless: false).matches(value) == matches)
  }

  @Test func ignoresCaseWhereAsked() {
    #expect(LikePattern("A%", isCaseless: true).matches("abc"))
    #expect(LikePattern("ab%", isCaseless: true).prefix == "")
    #expect(LikePattern("12ab%", isCaseless: true).prefix == "12")
    #expect(RegexPattern("^RED", isCaseless: true)?.matches("red1") == true)
  }

  @Test(arguments: [
    ("^abc", "abc"), ("^abc*", "ab"), ("abc", ""), ("^ab[cd]", "ab"), ("^a|b", nil), ("^abc$", "abc"),
  ])
  func readsTheStartOfRegularExpressions(_ pattern: String, _ prefix: String?) {
    #expect(RegexPattern(pattern, isCaseless: false).map { $0.prefix == prefix } == true)
  }

  @Test(arguments: ["\\d+", "a{2}", "(ab)*", "[[:alpha:]]", "(?=a)", "a*b*c*d*e*"])
  func leavesRegularExpressionsThatMayMeanSomethingElse(_ pattern: String) {
    #expect(RegexPattern(pattern, isCaseless: false) == nil)
  }

  @Test func placesTextBetweenItsBounds() {
    let (low, middle, high) = (Array("ba".utf8), Array("bn".utf8), Array("bz".utf8))
    let scale = TextScale(middle, from: low, to: high)
    // The shared `b` is left out; small letters count from a to z.
    #expect(scale.scalar(low) == 0)
    #expect(abs(scale.scalar(middle) - 13 / 26.0) < 1e-12)
    #expect(abs(scale.scalar(high) - 25 / 26.0) < 1e-12)
  }

  @Test(arguments: [
    ("integer", 4.0), ("text", 32), ("character varying(5)", 24), ("character varying(20)", 58),
    ("character(4)", 20),
    ("timestamp with time zone", 8), ("jsonb", 32), ("character varying(4000)", 516),
  ])
  func knowsTheWidthThatThePlannerAssumes(_ type: String, _ width: Double) {
    #expect(TableSize.width(type) == width)
  }

  @Test func fillsTenPagesOfATableThatWasNeverAnalyzed() {
    #expect(TableSize(pages: 0, types: ["integer"]).rows == 2_550)
    #expect(TableSize(pages: 20, types: ["integer", "text"]).rows == 2_540)
    #expect(TableSize(pages: 0, types: ["integer"], hasChildren: true).rows == 0)
  }
}
