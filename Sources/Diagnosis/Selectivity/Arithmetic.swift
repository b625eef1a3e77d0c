/// Shares as sentences print them: five significant digits, so that a pocket calculator gives the same.
enum Arithmetic {
  /// `0.5`, `0.33333`, `0.000012346`; 0 and 1 as they are.
  static func number(_ value: Double) -> String {
    var decimals = 5
    var scaled = abs(value)
    while scaled > 0, scaled < 0.1, decimals < 15 {
      scaled *= 10
      decimals += 1
    }
    var text = Substring(Words.fixed(value, decimals: decimals))
    while text.hasSuffix("0") { text = text.dropLast() }
    return String(text.hasSuffix(".") ? text.dropLast() : text)
  }
}
