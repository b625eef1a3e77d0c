/// The end of the line with which auto_explain begins an entry: `duration: 12.345 ms  plan:`.
///
/// auto_explain has no translations: with any `lc_messages` only the severity before it is in another language.
struct PlanMark {
  /// What the statement took, in milliseconds.
  let duration: Double
  /// Where `duration:` stands in the line.
  let start: Int

  init?(_ line: Bytes) {
    // Nearly every line of a log ends otherwise: this is all that is asked of it.
    guard line.last == UInt8(ascii: ":"), line.hasSuffix(" ms  plan:"), line.first != .tab else { return nil }
    let end = line.count - 10
    var digits = end
    while digits > 0, line[digits - 1].isDigit || line[digits - 1] == UInt8(ascii: ".") { digits -= 1 }
    let start = digits - 10
    guard digits < end, line.hasPrefix("duration: ", at: start) else { return nil }
    // Nothing stands before it where the log has fields of its own for what would.
    guard start == 0 || line.hasPrefix(":  ", at: start - 3) else { return nil }
    guard let duration = Double(line.slice(digits..<end).text) else { return nil }
    self.duration = duration
    self.start = start
  }
}
