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
    case .openValue: .openValue(at: position)
    case .brokenQuote: .brokenQuote(at: position)
    }
  }
}

extension ReadPlan {
  /// The plan of a text that stands inside a document: places in that text are none in the input.
  func moved(to start: SourcePosition) -> ReadPlan { moved { _ in start } }

  /// The plan of a text whose places stood elsewhere in the input.
  func moved(by origin: (SourcePosition) -> SourcePosition) -> ReadPlan {
    var read = self
    read.start = origin(start)
    read.otherPlans = otherPlans.map { OtherPlan(start: origin($0.start), firstLine: $0.firstLine) }
    read.notes = notes.map { $0.moved(by: origin) }
    return read
  }
}

extension PlanReadingNote {
  fileprivate func moved(by origin: (SourcePosition) -> SourcePosition) -> PlanReadingNote {
    switch self {
    case .truncated(let at): .truncated(at: origin(at))
    case .elidedFigures(let at): .elidedFigures(at: origin(at))
    case .joinedLine(let at): .joinedLine(at: origin(at))
    case .openValue(let at): .openValue(at: origin(at))
    case .brokenQuote(let at): .brokenQuote(at: origin(at))
    case .ignoredText(let at, let lines): .ignoredText(at: origin(at), lines: lines)
    }
  }
}

extension PlanReadingError {
  /// The error of a text whose places stood elsewhere in the input.
  func moved(by origin: (SourcePosition) -> SourcePosition) -> PlanReadingError {
    switch self {
    case .empty: self
    case .binary(let at): .binary(at: origin(at))
    case .invalidUTF8(let at): .invalidUTF8(at: origin(at))
    case .unexpectedLine(let at, let line): .unexpectedLine(at: origin(at), line: line)
    case .malformedFigures(let at, let line): .malformedFigures(at: origin(at), line: line)
    case .impossibleTree(let at, let node): .impossibleTree(at: origin(at), node: node)
    case .invalidDocument(let format, let at, let expected):
      .invalidDocument(format, at: origin(at), expected: expected)
    case .noPlan(let format, let at): .noPlan(in: format, at: origin(at))
    case .foreignPlan(let plan, let at): .foreignPlan(plan, at: origin(at))
    }
  }
}
