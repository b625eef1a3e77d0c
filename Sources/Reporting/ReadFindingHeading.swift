import Diagnosis

/// A finding's heading as read back.
struct ReadFindingHeading: Equatable {
  var number: Int
  var title: String
  var severity: Severity
  /// Milliseconds as printed; `nil` without node times.
  var milliseconds: Double?
  /// 0 to 1, as printed; `nil` for a bug report.
  var share: Double?
  /// `of execution` or `of estimated cost`.
  var isCost: Bool

  /// Reads `Finding 1: … (CRITICAL — 1,842 ms, 91% of execution)`; `nil` for any other text.
  init?(_ text: String) {
    guard text.hasPrefix("Finding "), let colon = text.firstIndex(of: ":"), text.hasSuffix(")"),
      let number = Int(text[text.index(text.startIndex, offsetBy: 8)..<colon]),
      let open = text.lastIndex(of: "(")
    else { return nil }
    self.number = number
    title = String(text[text.index(after: colon)..<open].drop { $0 == " " })
    while title.hasSuffix(" ") { title.removeLast() }
    let weight = text[text.index(after: open)...].dropLast()
    let (name, figures) = Self.split(weight, at: " — ")
    guard let severity = Severity(rawValue: String(name)) else { return nil }
    self.severity = severity
    isCost = weight.hasSuffix("of estimated cost")
    guard let figures else { return }
    let (first, second) = Self.split(figures, at: ", ")
    milliseconds = second == nil ? nil : ReadFigure.milliseconds(first)
    share = ReadFigure.percent(second ?? first)
  }

  private static func split(_ text: Substring, at mark: String) -> (Substring, Substring?) {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index...].hasPrefix(mark) {
        return (text[..<index], text[text.index(index, offsetBy: mark.count)...])
      }
      index = text.index(after: index)
    }
    return (text, nil)
  }
}

/// Figures read back from a report's text.
enum ReadFigure {
  /// `1,842.317 ms` and what follows it.
  static func milliseconds(_ text: some StringProtocol) -> Double? {
    guard let (value, rest) = leading(text), rest.hasPrefix(" ms") else { return nil }
    return value
  }

  /// `91% of execution`: a share, 0 to 1.
  static func percent(_ text: some StringProtocol) -> Double? {
    guard let (value, rest) = leading(text), rest.hasPrefix("%") else { return nil }
    return value / 100
  }

  /// The number that a text begins with, and the rest.
  static func leading(_ text: some StringProtocol) -> (value: Double, rest: String)? {
    let text = Substring(text)
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "," || $0 == "." || $0 == "-") }
    guard let value = Double(digits.filter { $0 != "," }) else { return nil }
    return (value, String(text[digits.endIndex...]))
  }
}
