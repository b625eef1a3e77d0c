#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Double {
  /// The number as C's `%.*f` prints it.
  func fixed(_ decimals: Int) -> String {
    let scale = [1.0, 10, 100, 1000, 10_000, 100_000][min(decimals, 5)]
    let scaled = (self * scale).rounded()
    // Most numbers were printed with these decimals before: rounding has nothing to decide.
    guard decimals <= 5, sign == .plus, scaled < 0x1p50, scaled / scale == self else {
      return printed(decimals)
    }
    let digits = String(UInt64(scaled))
    guard decimals > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  private func printed(_ decimals: Int) -> String {
    withVaList([decimals, self]) { arguments in
      // The longest finite number has 309 digits before its point.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        vsnprintf(start, buffer.count, "%.*f", arguments)
        return String(cString: start)
      }
    }
  }
}
