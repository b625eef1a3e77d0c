/// Dates and times as PostgreSQL prints them with the ISO date style, as seconds.
enum TimeText {
  /// Seconds since 1970, since midnight, or of a span; `nil` for another notation.
  static func seconds(_ text: String, _ type: ValueType) -> Double? {
    switch type {
    case .time: clock(text)
    case .interval: interval(text)
    case .zonedTimestamp: moment(text, needsZone: true)
    default: moment(text, needsZone: false)
    }
  }

  private static func moment(_ text: String, needsZone: Bool) -> Double? {
    if text == "infinity" { return .infinity }
    if text == "-infinity" { return -.infinity }
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let first = parts.first, let day = day(first) else { return nil }
    guard parts.count > 1 else { return needsZone ? nil : day }
    let (time, zone) = splitZone(parts[1])
    guard let clock = clock(String(time)), let offset = zone.isEmpty ? (needsZone ? nil : 0) : offset(zone)
    else { return nil }
    return day + clock - offset
  }

  private static func splitZone(_ text: Substring) -> (Substring, Substring) {
    guard let sign = text.firstIndex(where: { $0 == "+" || $0 == "-" }) else { return (text, "") }
    return (text[..<sign], text[sign...])
  }

  private static func offset(_ zone: Substring) -> Double? {
    clock(String(zone.dropFirst()), minimum: 1).map { zone.hasPrefix("-") ? -$0 : $0 }
  }

  private static func clock(_ text: String, minimum: Int = 2) -> Double? {
    let parts = text.split(separator: ":").map { Double($0) }
    let units = [3_600.0, 60, 1]
    guard (minimum...3).contains(parts.count), parts.allSatisfy({ $0 != nil }) else { return nil }
    return zip(parts, units).reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
  }

  private static func day(_ text: Substring) -> Double? {
    let parts = text.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (0...300_000).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    return Double(daysSinceEpoch(year, month, day)) * 86_400
  }

  /// The proleptic Gregorian calendar, with years that start in March.
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  // MARK: Intervals

  /// A month counts as a twelfth of 365.25 days (`convert_timevalue_to_scalar`).
  private static let units: [String: Double] = [
    "year": 365.25 * 86_400, "mon": 365.25 / 12 * 86_400, "day": 86_400,
  ]

  private static func interval(_ text: String) -> Double? {
    var words = text.split(separator: " ")[...]
    var sum = 0.0
    while let word = words.popFirst() {
      if word.contains(":") {
        guard let clock = signedClock(word) else { return nil }
        sum += clock
      } else {
        guard let count = Double(word), let unit = words.popFirst().flatMap(unit) else { return nil }
        sum += count * unit
      }
    }
    return sum
  }

  private static func unit(_ word: Substring) -> Double? {
    units[String(word.hasSuffix("s") ? word.dropLast() : word)]
  }

  private static func signedClock(_ word: Substring) -> Double? {
    let isNegative = word.hasPrefix("-")
    return clock(String(word.drop { $0 == "-" || $0 == "+" })).map { isNegative ? -$0 : $0 }
  }
}
