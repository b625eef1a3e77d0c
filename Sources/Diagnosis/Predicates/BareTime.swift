import Statements

/// Conditions on a part of a point in time as ranges of the bare column.
///
///     date_trunc('month', at) = '2024-06-01'   →   at >= '2024-06-01' AND at < '2024-07-01'
///     EXTRACT(year FROM at) = 2024             →   at >= '2024-01-01' AND at < '2025-01-01'
///     now() - at > '1 day'                     →   at < now() - '24 hours'
struct BareTime {
  let sides: PredicateSides
  let predicate: ColumnPredicate
  let column: String
  let type: ColumnType?

  /// The condition as SQL; `nil` where there is none that holds for the same rows.
  var text: String? { day ?? truncated ?? year ?? formatted ?? shifted ?? age }

  // MARK: Days

  /// `at::date = d` and `date(at) = d`; d may be anything that does not change from row to row.
  private var day: String? {
    guard predicate.wrapping == [.cast("date")] || predicate.wrapping == [.function("date")],
      type?.isTimestamp ?? true, isOneValue
    else { return nil }
    let isDate = sides.operand.hasSuffix("'::date") || sides.operand.uppercased() == "CURRENT_DATE"
    guard isDate || isParameter else { return nil }
    let first = isParameter ? "CAST(\(sides.operand) AS date)" : sides.operand
    return range(from: first, before: "\(first) + 1")
  }

  private var isParameter: Bool { if case .parameter = predicate.operand { true } else { false } }

  private var isOneValue: Bool { predicate.comparison.symbol != nil }

  /// The rows of one unit, or what lies before or after it.
  private func range(from first: String, before next: String) -> String? {
    switch predicate.comparison {
    case .equal: "\(column) >= \(first) AND \(column) < \(next)"
    case .less: "\(column) < \(first)"
    case .greaterOrEqual: "\(column) >= \(first)"
    case .lessOrEqual: "\(column) < \(next)"
    case .greater: "\(column) >= \(next)"
    default: nil
    }
  }

  private func range(_ span: CalendarSpan?) -> String? {
    span.flatMap { range(from: "DATE '\($0.first)'", before: "DATE '\($0.next)'") }
  }

  // MARK: Calendar units

  /// `date_trunc('month', at) = '2024-06-01'`: the constant must begin a unit, or no row equals it.
  private var truncated: String? {
    guard predicate.wrapping == [.function("date_trunc")], type.map({ $0.isTimestamp }) ?? true,
      case .constant(let constant) = predicate.operand, sides.tested.hasPrefix("date_trunc('"),
      let unit = CalendarSpan.Unit(rawValue: quoted(in: sides.tested)), let day = midnight(constant.text)
    else { return nil }
    return range(CalendarSpan(day, unit))
  }

  private var year: String? {
    let isYear =
      sides.tested.uppercased().hasPrefix("EXTRACT(YEAR FROM ") || sides.tested.hasPrefix("date_part('year'")
    guard isYear, predicate.wrapping.count == 1, isOneValue,
      type?.isTimestamp ?? true || type?.base == "date",
      case .constant(let constant) = predicate.operand
    else { return nil }
    return range(CalendarSpan("\(constant.text)-01-01", .year))
  }

  /// `to_char(at, 'YYYY-MM') = '2024-06'`.
  private var formatted: String? {
    guard predicate.wrapping == [.function("to_char")], predicate.comparison == .equal,
      type.map({ $0.isTimestamp || $0.base == "date" }) ?? false,
      case .constant(let constant) = predicate.operand
    else { return nil }
    let digits = constant.text.filter { $0 != "-" }
    switch quoted(in: sides.tested) {
    case "YYYY-MM-DD": return range(CalendarSpan(constant.text, .day))
    case "YYYYMMDD" where constant.text == digits && digits.count == 8:
      return range(
        CalendarSpan("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))", .day))
    case "YYYY-MM": return range(CalendarSpan("\(constant.text)-01", .month))
    case "YYYYMM" where constant.text == digits && digits.count == 6:
      return range(CalendarSpan("\(digits.prefix(4))-\(digits.suffix(2))-01", .month))
    case "YYYY": return range(CalendarSpan("\(constant.text)-01-01", .year))
    default: return nil
    }
  }

  /// The first quoted constant.
  private func quoted(in text: String) -> String {
    let parts = text.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count >= 3 ? String(parts[1]) : ""
  }

  /// The day that a point in time begins; `nil` for one later in its day.
  private func midnight(_ text: String) -> String? {
    let (day, time) = (text.prefix(10), text.dropFirst(10))
    return time.isEmpty || time.hasPrefix(" 00:00:00") && !time.contains(".") ? String(day) : nil
  }

  // MARK: Spans of time

  /// `at + '1 day' > x`: exact on a timestamp without time zone; with one only for hours.
  private var shifted: String? {
    guard let type, type.isTimestamp, predicate.wrapping.count == 1,
      case .operator(let name, .constant(let constant), true) = predicate.wrapping[0],
      let symbol = predicate.comparison.symbol, let span = HourSpan(constant),
      !type.isZoned || !span.hasDays, name == "+" || name == "-"
    else { return nil }
    return "\(column) \(symbol) \(sides.operand) \(name == "+" ? "-" : "+") '\(constant.text)'::interval"
  }

  /// `now() - at > '1 day'`: the difference of two points in time has days of 24 hours.
  private var age: String? {
    guard predicate.wrapping.count == 1, type?.isTimestamp ?? false,
      case .operator("-", let minuend, false) = predicate.wrapping[0], minuend != .none,
      case .constant(let constant) = predicate.operand, let span = HourSpan(constant),
      let symbol = predicate.comparison.turned?.symbol,
      let end = sides.tested.firstRange(of: " - ")
    else { return nil }
    return "\(column) \(symbol) \(sides.tested[..<end.lowerBound]) - '\(span.text)'::interval"
  }
}
