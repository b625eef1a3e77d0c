import Testing

@testable import Diagnosis

@Suite struct ExactNumberTests {
  @Test(arguments: [
    ("100", "100"), ("-1.50", "-1.5"), ("0.10", "0.1"), ("007", "7"), ("-0.05", "-0.05"),
    ("123456789.123456789", "123456789.123456789"),
  ])
  func readsAndWritesDecimals(_ text: String, _ written: String) throws {
    #expect(try #require(ExactNumber(text)).decimalText == written)
  }

  @Test(arguments: ["", "1e5", "NaN", "1.", "1.2.3", "99999999999999999999", "0.12345678901234567890", "x"])
  func readsNothingElse(_ text: String) {
    #expect(ExactNumber(text) == nil)
  }

  @Test func losesNoDigit() throws {
    let (hundred, rate) = (try #require(ExactNumber("100")), try #require(ExactNumber("1.19")))
    let quotient = try #require(hundred.divided(by: rate))
    #expect(quotient.decimalText == nil, "10000 / 119 never ends")
    #expect(quotient.roundedDown(toDecimals: 2)?.decimalText == "84.03")
    #expect(quotient.negated?.roundedDown(toDecimals: 2)?.decimalText == "-84.04")
    #expect(rate.minus(hundred)?.decimalText == "-98.81")
    #expect(rate.plus(rate)?.decimalText == "2.38")
  }

  @Test func knowsWhereItsDigitsEnd() throws {
    let large = try #require(ExactNumber("9223372036854775806"))
    #expect(large.plus(large) == nil)
    #expect(large.divided(by: try #require(ExactNumber("0"))) == nil)
    #expect(large.divided(by: try #require(ExactNumber("0.001"))) == nil)
  }
}
