extension TextPlanReader.Fault {
  /// The error as the user sees it: with a place in the input and the line that stands there.
  func located(in block: TextBlock, text: Bytes) -> PlanReadingError {
    let start = text.slice(0..<min(offset, text.count)).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = LineCursor(text, from: start).peek().map { text.slice($0.content).text } ?? ""
    let position = block.position(of: offset)
    return isInFigures
      ? .malformedFigures(at: position, line: line) : .unexpectedLine(at: position, line: line)
  }
}

extension TextPlanReader.Note {
  /// The note with a place in the input.
  func located(in block: TextBlock) -> PlanReadingNote {
    let position = block.position(of: offset)
    return switch kind {
    case .truncated: .truncated(at: position)
    case .elidedFigures: .elidedFigures(at: position)
    case .joinedLine: .joinedLine(at: position)
    }
  }
}
