import PlanModel

/// A plan together with what is known about the text it came from.
public struct ReadPlan: Sendable, Equatable {
  /// The plan.
  public var plan: ExplainedPlan
  /// The text that was read, without the decoration around it; what a report shows as the plan.
  public var text: String
  /// How the plan was written.
  public var format: PlanFormat
  /// Where the plan starts in the input.
  public var start: SourcePosition
  /// Further plans in the input, which were not read.
  public var otherPlans: [OtherPlan]
  /// What a reader of the report should know about the input.
  public var notes: [PlanReadingNote]
  /// A plan with what is known about its text.
  public init(
    plan: ExplainedPlan, text: String, format: PlanFormat, start: SourcePosition,
    otherPlans: [OtherPlan] = [], notes: [PlanReadingNote] = []
  ) {
    self.plan = plan
    self.text = text
    self.format = format
    self.start = start
    self.otherPlans = otherPlans
    self.notes = notes
  }
}

/// An output format of EXPLAIN.
public enum PlanFormat: String, Sendable, Equatable {
  case text, json, yaml, xml

  /// The format's name, as EXPLAIN's option spells it.
  public var name: String { rawValue.uppercased() }
}

/// A plan that stands in the input beside the one that was read.
public struct OtherPlan: Sendable, Equatable {
  /// Where it starts.
  public var start: SourcePosition
  /// Its first line, without indentation; the root's node type where both are in one JSON, YAML or XML document.
  public var firstLine: String

  /// A plan that was not read.
  public init(start: SourcePosition, firstLine: String) {
    self.start = start
    self.firstLine = firstLine
  }
}

/// Something about the input that the plan itself does not tell.
public enum PlanReadingNote: Sendable, Equatable {
  /// The input stops in the middle of the plan.
  case truncated(at: SourcePosition)
  /// Somebody replaced figures by an ellipsis; the node is kept without them.
  case elidedFigures(at: SourcePosition)
  /// A line that was broken at a fixed width was joined to the one above.
  case joinedLine(at: SourcePosition)
  /// A value with a bracket or a quote that nothing closes: text is missing, or the line was broken.
  case openValue(at: SourcePosition)
  /// A quoted text goes on behind the end of a line so long that it may have been broken there. It was read
  /// with a line break.
  case brokenQuote(at: SourcePosition)
  /// Lines before or after the plan that are neither plan nor decoration.
  case ignoredText(at: SourcePosition, lines: Int)
}
