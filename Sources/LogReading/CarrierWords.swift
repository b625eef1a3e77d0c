/// What a log's carrier (a container's log, a collector) puts before each line, told from the first line's
/// start: the same words, times aside.
enum CarrierWords {
  /// How many words stand before the tab in `line`, where the entry that starts with `prefix` starts with
  /// the same; `nil` where the line is another message.
  static func count(in line: Bytes, before tab: Int, of prefix: Bytes) -> Int? {
    var theirs = WordReader(line.slice(0..<tab))
    // The severity is the message's own.
    var ours = WordReader(prefix.slice(0..<endWithoutSeverity(prefix)))
    var count = 0
    while let word = theirs.next() {
      guard let other = ours.next(), word.equals(other) || isTime(word) && isTime(other) else { return nil }
      count += 1
    }
    // A prefix that has tabs itself is no carrier.
    guard count > 0, !ours.standsBeforeTab else { return nil }
    return count
  }

  /// The start of `line` with as many words.
  static func haveSame(_ line: Bytes, _ prefix: Bytes, words: Int) -> Bool {
    var (theirs, ours) = (WordReader(line), WordReader(prefix))
    for _ in 0..<words {
      guard let word = theirs.next(), let other = ours.next() else { return false }
      guard word.equals(other) || isTime(word) && isTime(other) else { return false }
    }
    return true
  }

  /// Where the words end that belong to a carrier.
  static func end(of words: Int, in prefix: Bytes) -> Int {
    var reader = WordReader(prefix)
    for _ in 0..<words { _ = reader.next() }
    return reader.position
  }

  private static func endWithoutSeverity(_ prefix: Bytes) -> Int {
    var end = prefix.trimmed.count
    while end > 0, !prefix[end - 1].isBlank { end -= 1 }
    return end
  }

  /// A date, a time, or seconds with decimals.
  private static func isTime(_ word: Bytes) -> Bool {
    guard word.contains(where: { $0.isDigit }) else { return false }
    return word.contains(UInt8(ascii: ":")) && word.first?.isDigit == true || word.matches("0000-00-00")
      || word.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") } && word.contains(UInt8(ascii: "."))
  }
}

/// Words between blanks.
private struct WordReader {
  private let text: Bytes
  private(set) var position = 0

  init(_ text: Bytes) { self.text = text }

  mutating func next() -> Bytes? {
    while position < text.count, text[position].isBlank { position += 1 }
    let start = position
    while position < text.count, !text[position].isBlank { position += 1 }
    return position > start ? text.slice(start..<position) : nil
  }

  var standsBeforeTab: Bool {
    var next = position
    while next < text.count, text[next] == 0x20 { next += 1 }
    return next < text.count && text[next] == .tab
  }
}
