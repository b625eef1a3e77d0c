/// Strings as fractions, whose digits are their bytes (`convert_string_to_scalar` in `selfuncs.c`).
struct TextScale {
  private let low: Int
  private let high: Int
  private let shared: Int

  /// The scale of a bin, from the bytes that occur in its bounds.
  init(_ value: [UInt8], from lower: [UInt8], to upper: [UInt8]) {
    let bytes = (lower + upper).map { Int($0) }
    var range = (bytes.min() ?? 0)...(bytes.max() ?? 0)
    for known in [65...90, 97...122, 48...57] where range.overlaps(known) {
      range = min(range.lowerBound, known.lowerBound)...max(range.upperBound, known.upperBound)
    }
    // Fewer than ten different bytes say nothing of what else there is.
    if range.count < 10 { range = 32...127 }
    (low, high) = (range.lowerBound, range.upperBound)
    shared = zip(lower, zip(upper, value)).prefix { $0 == $1.0 && $0 == $1.1 }.count
  }

  /// The string as a fraction; twelve bytes are enough to tell bounds apart.
  func scalar(_ bytes: [UInt8]) -> Double {
    let base = Double(high - low + 1)
    var (sum, weight) = (0.0, base)
    for byte in bytes.dropFirst(shared).prefix(12) {
      let digit = Int(byte) < low ? low - 1 : Int(byte) > high ? high + 1 : Int(byte)
      sum += Double(digit - low) / weight
      weight *= base
    }
    return sum
  }
}
