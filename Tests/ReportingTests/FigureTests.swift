import Testing

@testable import Reporting

@Suite struct FigureTests {
  @Test(arguments: [
    (0.0, "0.000 ms"), (0.1234, "0.123 ms"), (4.528, "4.53 ms"), (12.34, "12.3 ms"), (99.94, "99.9 ms"),
    (1842.317, "1,842 ms"), (45213.9, "45,214 ms"), (1_234_567.4, "1,234,567 ms"), (-3.2, "-3.20 ms"),
  ])
  func printsMillisecondsToTheDigitsThatAReaderNeeds(_ value: Double, _ text: String) {
    #expect(Figure.milliseconds(value) == text)
  }

  @Test(arguments: [
    (0.0, "0%"), (0.996, "99.6%"), (0.91, "91%"), (1.0, "100%"), (0.99999, "over 99.9%"),
    (0.0001, "under 0.1%"),
    (0.9995, "over 99.9%"), (0.004, "0.4%"),
  ])
  func neverRoundsAShareToAllOrNothing(_ share: Double, _ text: String) {
    #expect(Figure.percent(share) == text)
  }

  @Test(arguments: [
    (0.91, "91%"), (0.5, "50%"), (0.504, "50.4%"), (0.50004, "50.004%"), (0.1999, "19.99%"), (0.2, "20%"),
    (0.0499, "4.99%"), (0.012, "1%"),
  ])
  func printsAnImpactsShareSoThatItsSeverityCanBeReadOffIt(_ share: Double, _ text: String) {
    #expect(Figure.impactShare(share) == text)
  }

  @Test(arguments: [(12.44, "12.4x"), (1.0, "1.0x"), (157.2, "157x"), (2_000_000.0, "2,000,000x")])
  func printsFactors(_ value: Double, _ text: String) {
    #expect(Figure.ratio(value) == text)
  }

  @Test(arguments: [
    (1_050_000.0, "1,050,000"), (0.33, "0.33"), (1.5, "1.5"), (0.0, "0"), (1e300, "1e+300"), (-1.0, "-1"),
    (1_844_674_407_370.0, "1,844,674,407,370"), (.nan, "nan"),
  ])
  func printsCountsOfAnySize(_ value: Double, _ text: String) {
    #expect(Figure.count(value) == text)
  }

  @Test(arguments: [(45.2139, "45.2s"), (30.0, "30s"), (300.0, "300s")])
  func printsSeconds(_ value: Double, _ text: String) {
    #expect(Figure.seconds(value) == text)
  }
}
