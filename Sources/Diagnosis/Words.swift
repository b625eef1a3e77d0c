import SQLNames

/// Numbers as the report's sentences print them, without a locale: a report is the same everywhere.
public enum Words {
  /// A count: `1,842`, and with one decimal where it is under 10 and not whole.
  public static func count(_ value: Double) -> String {
    let isWhole = value == value.rounded() || abs(value) >= 10
    return grouped(fixed(value, decimals: isWhole ? 0 : 1))
  }

  /// A count that is known to three digits only: `about 800,000`; small ones are taken as they are.
  public static func about(_ value: Double) -> String {
    guard value >= 1_000, value < 1e15 else { return count(value.rounded()) }
    var step = 1.0
    while value / step >= 1_000 { step *= 10 }
    return "about " + count((value / step).rounded() * step)
  }

  /// A time in milliseconds: `1,842 ms`, `12.3 ms`, `0.045 ms`.
  public static func milliseconds(_ value: Double) -> String {
    let decimals = abs(value) >= 100 ? 0 : abs(value) >= 1 ? 1 : 3
    return grouped(fixed(value, decimals: decimals)) + " ms"
  }

  /// A share of 1 as a percentage: `99.6%`; never rounded to all or nothing when it is neither.
  public static func percent(_ share: Double) -> String {
    if share > 0, share < 0.0005 { return "under 0.1%" }
    if share < 1, share > 0.9995 { return "over 99.9%" }
    let decimals = share * 100 == (share * 100).rounded() ? 0 : 1
    return fixed(share * 100, decimals: decimals) + "%"
  }

  /// A ratio: `12.4x`, `1,842x`.
  public static func ratio(_ value: Double) -> String {
    grouped(fixed(value, decimals: value >= 100 ? 0 : 1)) + "x"
  }

  /// Bytes in the unit that keeps the number short: `21 MB`, `640 kB`. Units are of 1,024, as PostgreSQL's.
  public static func bytes(_ value: Double) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var rest = value
    var unit = 0
    while rest >= 1_024, unit < units.count - 1 {
      rest /= 1_024
      unit += 1
    }
    return "\(fixed(rest, decimals: rest < 10 && unit > 0 ? 1 : 0)) \(units[unit])"
  }

  /// `1 row`, `2 rows`: the plural takes an s.
  public static func counted(_ value: Double, _ noun: String) -> String {
    "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// Columns or names in a sentence: `a`, `a and b`, `a, b and c`.
  public static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Columns as they stand in a list, quoted where SQL needs it: `a, "B"`.
  static func columns(_ names: [String]) -> String {
    names.map { SQLIdentifier($0).quoted }.joined(separator: ", ")
  }

  /// A sentence's first letter.
  static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  // MARK: Digits

  /// A number with a fixed count of decimals, rounded half away from zero.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    // What 64 bits hold.
    guard value.isFinite, abs(value) * scale < 9e18 else { return "\(value)" }
    let scaled = Int64((abs(value) * scale).rounded())
    let whole = scaled / Int64(scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let fraction = String(scaled % Int64(scale))
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(whole).\(zeros)\(fraction)"
  }

  /// Thousands separated by commas.
  static func grouped(_ digits: String) -> String {
    guard digits.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" }) else { return digits }
    let whole = digits.prefix { $0 != "." }
    let sign = whole.hasPrefix("-") ? "-" : ""
    var groups: [Substring] = []
    var rest = whole.drop { $0 == "-" }
    while rest.count > 3 {
      groups.append(rest.suffix(3))
      rest = rest.dropLast(3)
    }
    groups.append(rest)
    return sign + groups.reversed().joined(separator: ",") + digits.dropFirst(whole.count)
  }
}
