/// Where the plans of a document's statements start.
enum StatementStarts {
  static func offsets(_ format: PlanFormat, in text: Bytes, from first: Int) -> [Int] {
    let mark: StaticString =
      switch format {
      case .xml: "<Plan>"
      case .yaml: "Plan:"
      case .json, .text: "\"Plan\":"
      }
    var starts: [Int] = []
    var next = text.offset(of: mark, from: first)
    while let at = next {
      if format != .xml || !isSubplan(at, in: text) { starts.append(at) }
      next = text.offset(of: mark, from: at + 1)
    }
    return starts
  }

  /// XML gives the plan of a statement and those below it one name: the latter stand in a list.
  private static func isSubplan(_ offset: Int, in text: Bytes) -> Bool {
    let above = text.slice(0..<offset)
    let end = above.lastIndex { !$0.isBlank && $0 != 0x0A } ?? 0
    let element = above.slice(0..<end + 1)
    return element.hasSuffix("<Plans>") || element.hasSuffix("</Plan>")
  }
}
