import Diagnosis

/// An expected impact in words: with provenance in brackets, or without any number.
struct ExpectationText {
  var text: String

  init(_ impact: ExpectedImpact) {
    switch impact {
    case .measured(let before, let after, let how):
      text =
        "from \(Figure.milliseconds(before)) to \(Figure.milliseconds(after)) (measured: \(Markdown.prose(how)))"
    case .computed(let upTo, let from):
      text = "saves up to \(Figure.milliseconds(upTo)) (computed from statistics: \(Markdown.prose(from)))"
    case .computedCost(let share, let from):
      text =
        "saves up to \(Figure.percent(share)) of the estimated cost (computed from statistics: \(Markdown.prose(from)))"
    case .unknown(let direction, let missing):
      text = "\(Markdown.prose(direction)); no number (missing evidence: \(Markdown.prose(missing)))"
    }
  }
}
