/// A fraction of whole numbers, so that no digit is lost while a comparison is solved for its column.
struct ExactNumber: Equatable {
  /// Sign included.
  let numerator: Int
  /// Above 0, without a common divisor with ``numerator``.
  let denominator: Int

  /// `nil` for a denominator of 0.
  private init?(_ numerator: Int, over denominator: Int) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = Self.commonDivisor(abs(numerator), abs(denominator))
    let sign = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// A decimal constant: `100`, `-1.19`; `nil` for other notations and for more digits than 64 bits hold.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let scale = Self.powerOfTen(parts.count == 2 ? parts[1].count : 0),
      let digits = Int(parts.joined()), text.last != "."
    else { return nil }
    self.init(digits, over: scale)
  }

  var isNegative: Bool { numerator < 0 }
  var isWhole: Bool { denominator == 1 }

  // MARK: Arithmetic; nil where 64 bits do not hold the result

  func plus(_ other: ExactNumber) -> ExactNumber? {
    guard let left = Self.product(numerator, other.denominator),
      let right = Self.product(other.numerator, denominator),
      let below = Self.product(denominator, other.denominator)
    else { return nil }
    let (sum, isTooLarge) = left.addingReportingOverflow(right)
    return isTooLarge ? nil : ExactNumber(sum, over: below)
  }

  var negated: ExactNumber? { ExactNumber(-numerator, over: denominator) }

  func minus(_ other: ExactNumber) -> ExactNumber? { other.negated.flatMap(plus) }

  func divided(by other: ExactNumber) -> ExactNumber? {
    guard let above = Self.product(numerator, other.denominator),
      let below = Self.product(denominator, other.numerator)
    else { return nil }
    return ExactNumber(above, over: below)
  }

  /// The largest number with so many decimals that is not above this one.
  func roundedDown(toDecimals decimals: Int) -> ExactNumber? {
    guard let scale = Self.powerOfTen(decimals), let scaled = Self.product(numerator, scale) else {
      return nil
    }
    let quotient = scaled / denominator
    let isBelow = scaled % denominator < 0
    return ExactNumber(isBelow ? quotient - 1 : quotient, over: scale)
  }

  // MARK: Text

  /// As a decimal constant; `nil` where its digits never end.
  var decimalText: String? {
    for decimals in 0...18 {
      guard let scale = Self.powerOfTen(decimals) else { return nil }
      guard scale % denominator == 0 else { continue }
      return Self.product(numerator, scale / denominator).map { Self.text($0, decimals: decimals) }
    }
    return nil
  }

  private static func text(_ digits: Int, decimals: Int) -> String {
    guard decimals > 0 else { return "\(digits)" }
    let all = String(abs(digits))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - all.count)) + all
    return (digits < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  // MARK: Whole numbers

  private static func product(_ a: Int, _ b: Int) -> Int? {
    let (product, isTooLarge) = a.multipliedReportingOverflow(by: b)
    return isTooLarge ? nil : product
  }

  private static func powerOfTen(_ exponent: Int) -> Int? {
    (0..<exponent).reduce(1) { power, _ in power.flatMap { product($0, 10) } }
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? max(a, 1) : commonDivisor(b, a % b)
  }
}
