import Statements

/// A calendar unit: its first day, and the first day after it, as `2024-06-01`.
struct CalendarSpan: Equatable {
  let first: String
  let next: String

  enum Unit: String { case day, month, quarter, year }

  /// `nil` where the day does not begin such a unit, or is none.
  init?(_ day: String, _ unit: Unit) {
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let date = Int(parts[2]), year >= 1000, (1...12).contains(month),
      (1...Self.length(of: month, year)).contains(date)
    else { return nil }
    first = day
    switch unit {
    case .day: next = Self.text(year, month, date + 1)
    case .month where date == 1: next = Self.text(year, month + 1, 1)
    case .quarter where date == 1 && month % 3 == 1: next = Self.text(year, month + 3, 1)
    case .year where date == 1 && month == 1: next = Self.text(year + 1, 1, 1)
    default: return nil
    }
  }

  /// Days behind the last of a month, and months behind December, are carried.
  private static func text(_ year: Int, _ month: Int, _ date: Int) -> String {
    if month > 12 { return text(year + 1, month - 12, date) }
    if date > length(of: month, year) { return text(year, month + 1, 1) }
    return "\(year)-\(twoDigits(month))-\(twoDigits(date))"
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func length(of month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}

/// An interval constant of days, hours, minutes and seconds, as the server prints it: no months.
struct HourSpan {
  let days: Int
  /// What stands behind the days: `12:30:00`.
  let time: String

  var hasDays: Bool { days != 0 }

  /// With days as 24 hours each: `36:30:00`.
  var text: String {
    guard hasDays else { return time }
    let parts = time.split(separator: ":")
    let hours = parts.first.flatMap { Int($0) } ?? 0
    return
      (["\(hours + 24 * days)"] + (parts.count == 3 ? parts.dropFirst().map(String.init) : ["00", "00"]))
      .joined(separator: ":")
  }

  /// `nil` for other types, for months and years, and for signs in the middle.
  init?(_ constant: SQLConstant) {
    guard constant.type == "interval", !constant.text.contains("-") else { return nil }
    let words = constant.text.split(separator: " ")
    let isDays = words.count >= 2 && ["day", "days"].contains(words[1])
    let rest = isDays ? words.dropFirst(2) : words[...]
    guard rest.count <= 1, isDays || rest.count == 1, Self.isTime(rest.first ?? "00:00:00"),
      let days = isDays ? Int(words[0]) : 0
    else { return nil }
    self.days = days
    self.time = String(rest.first ?? "00:00:00")
  }

  private static func isTime(_ text: Substring) -> Bool {
    text.split(separator: ":").count == 3 && text.allSatisfy { $0.isNumber || $0 == ":" || $0 == "." }
  }
}
