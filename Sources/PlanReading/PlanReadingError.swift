/// Why no plan could be read.
public enum PlanReadingError: Error, Sendable, Equatable {
  /// No bytes, or only blanks and decoration.
  case empty
  /// A NUL byte: this is no text.
  case binary(at: SourcePosition)
  /// A byte sequence that is not UTF-8.
  case invalidUTF8(at: SourcePosition)
  /// The first line that does not fit a plan.
  case unexpectedLine(at: SourcePosition, line: String)
  /// `(cost=…)` or `(actual …)` with something else inside than figures; the position is that of the figure.
  case malformedFigures(at: SourcePosition, line: String)
  /// In the plan that starts there a node of this type has more inputs than it takes, or fewer: its lines are doubled,
  /// missing, or have lost their indentation.
  case impossibleTree(at: SourcePosition, node: String)
  /// The text starts like JSON, YAML or XML, and there it is none; `expected` is what would have fitted.
  case invalidDocument(PlanFormat, at: SourcePosition, expected: String)
  /// JSON, YAML or XML without a `Plan` that has a `Node Type`, and no text in it is a plan.
  case noPlan(in: PlanFormat, at: SourcePosition)
  /// The plan of another database, told by the line that stands there.
  case foreignPlan(ForeignPlan, at: SourcePosition)
}

/// A place in the input, as an editor shows it.
public struct SourcePosition: Sendable, Equatable {
  /// Line, counted from 1.
  public var line: Int
  /// Character in that line, counted from 1.
  public var column: Int

  /// A place by line and column, both counted from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
