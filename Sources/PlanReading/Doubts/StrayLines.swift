/// Lines below the end of a plan in TEXT that can only be part of it.
enum StrayLines {
  /// Whether a line at or after `offset` is one. Without the root's column only arrows tell.
  static func exist(in text: Bytes, from offset: Int, below column: Int?) -> Bool {
    var cursor = LineCursor(text, from: offset)
    var isBehindBlank = false
    var isFirst = true
    while let line = cursor.next() {
      let content = text.slice(line.content)
      if content.hasPrefix("-> ") { return true }
      isBehindBlank = isBehindBlank || line.isBlank && !isFirst
      // Behind a blank line somebody may well write of an execution time.
      if let column, !isBehindBlank, isPart(content, isIndented: line.column > column) { return true }
      isFirst = isFirst && line.isBlank
    }
    return false
  }

  /// Whether a line stands right below a plan whose last line had no room for its first word.
  static func mayBeginWithRest(_ text: Bytes, _ plan: Range<Int>) -> Bool {
    guard plan.upperBound < text.count, let next = LineCursor(text, from: plan.upperBound).peek(),
      text.offset(of: 0x0A, from: plan.upperBound).map({ $0 > next.start }) != false
    else { return false }
    let lengths = text.slice(plan).lineRanges.map { text.slice(plan).slice($0).characterCount }
    let line = text.slice(next.content)
    let word = line.slice(0..<(line.offset(of: 0x20) ?? line.count)).characterCount
    return (lengths.last ?? 0) + 1 + word > lengths.max() ?? 0
  }

  private static func isPart(_ line: Bytes, isIndented: Bool) -> Bool {
    if line.hasPrefix("(cost=") || line.hasPrefix("(actual ") || line.hasPrefix("(never executed)") {
      return true
    }
    if line.hasPrefix("Planning Time:") || line.hasPrefix("Execution Time:") { return true }
    guard isIndented else { return false }
    guard let property = PropertyLine(line) else {
      return SubplanHeading.relationship(line) != nil || ModificationTarget(line) != nil
    }
    return property.key.hasPrefix("Rows Removed by ") || PropertyKind(key: property.key) != .verbatim
  }
}
