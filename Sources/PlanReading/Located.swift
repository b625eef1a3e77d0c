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

extension ReadPlan {
  /// The plan of a text that stands inside a document: places in that text are none in the input.
  func moved(to start: SourcePosition) -> ReadPlan {
    var read = self
    read.start = start
    read.otherPlans = otherPlans.map { OtherPlan(start: start, firstLine: $0.firstLine) }
    read.notes = notes.map { $0.moved(to: start) }
    return read
  }
}

extension PlanReadingNote {
  fileprivate func moved(to start: SourcePosition) -> PlanReadingNote {
    switch self {
    case .truncated: .truncated(at: start)
    case .elidedFigures: .elidedFigures(at: start)
    case .joinedLine: .joinedLine(at: start)
    case .ignoredText(_, let lines): .ignoredText(at: start, lines: lines)
    }
  }
}
