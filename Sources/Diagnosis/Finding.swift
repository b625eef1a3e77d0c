import PlanModel

/// One thing that is wrong, what shows it, why it is so, and what to do.
public struct Finding: Sendable, Equatable {
  /// The rule that found it; names its page in the documentation.
  public var rule: RuleName
  /// One fact in one line: `Full scan of public.orders discards 99.6% of the rows it reads`.
  public var title: String
  /// What the finding was seen in.
  public var appliesTo: Subject
  /// Indices of the blamed nodes in the plan: one, or several that are disjoint.
  public var blamedNodes: [Int]
  /// Upper bound of what resolving it can save.
  public var impact: Impact
  /// What was seen: sentences, in order.
  public var observations: [String]
  /// Estimates beside actual figures.
  public var comparisons: [Comparison]
  /// The figures behind the sentences, each with its source.
  public var measurements: [Measurement]
  /// Why it happened.
  public var cause: Cause
  /// What to do; empty where nothing is advised, and then ``noRemedy`` says why.
  public var remedies: [Remedy]
  /// What to do instead where a trial shows that the first remedy brings less than three quarters of the impact.
  public var fallback: Remedy?
  /// Why nothing is advised, where nothing is.
  public var noRemedy: String?
  /// The key of the problem that explains this one, where another rule may have found it.
  public var explainedBy: ProblemKey?
  /// The key by which other findings may name this one as their cause.
  public var key: ProblemKey

  /// A finding; see the properties for units.
  public init(
    rule: RuleName, title: String, appliesTo: Subject = .originalQuery, blamedNodes: [Int],
    impact: Impact, observations: [String], comparisons: [Comparison] = [],
    measurements: [Measurement] = [], cause: Cause, remedies: [Remedy] = [], fallback: Remedy? = nil,
    noRemedy: String? = nil, explainedBy: ProblemKey? = nil, key: ProblemKey
  ) {
    self.rule = rule
    self.title = title
    self.appliesTo = appliesTo
    self.blamedNodes = blamedNodes
    self.impact = impact
    self.observations = observations
    self.comparisons = comparisons
    self.measurements = measurements
    self.cause = cause
    self.remedies = remedies
    self.fallback = fallback
    self.noRemedy = noRemedy
    self.explainedBy = explainedBy
    self.key = key
  }
}

/// What a finding was seen in; the raw value is the report's wording.
public enum Subject: String, Sendable, Codable, CaseIterable {
  case originalQuery = "Original Query"
  case gucExperiment = "GUC Experiment"
  case redundantPredicateExperiment = "Redundant Predicate Experiment"
  case indexExperiment = "Index Experiment"
  case rewriteExperiment = "Rewrite Experiment"
}

/// Names a problem so that cause and effect can find each other: what is wrong, and with what.
public struct ProblemKey: Sendable, Hashable, Codable {
  /// The kind of problem, usually the rule's name.
  public var kind: RuleName
  /// The table, or the node, that has it.
  public var subject: String

  /// A key.
  public init(_ kind: RuleName, _ subject: String) {
    self.kind = kind
    self.subject = subject
  }
}

/// The name of a rule, as its file, its page and the report's JSON spell it.
public struct RuleName: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
  /// Upper camel case: `FullScanFilterWaste`.
  public var text: String

  /// A rule's name.
  public init(stringLiteral text: String) { self.text = text }
}

/// Why something happened, how that is known, and what would prove it wrong.
public struct Cause: Sendable, Equatable {
  /// Sentences, with the arithmetic.
  public var explanation: [String]
  /// How it is known.
  public var basis: Basis
  /// What would show this cause to be wrong, without the words "wrong if".
  public var falsifier: String
  /// A statement that would check an unverified cause.
  public var check: String?

  /// How a cause is known; the raw value is the report's wording.
  public enum Basis: String, Sendable, Codable {
    case provenByTrial = "proven by trial"
    case supportedByCatalog = "supported by catalog evidence and counts"
    case inferredFromPlan = "inferred from the plan"
    case unverified = "not verified"
  }

  /// A cause; one that is not verified should name the statement that would check it.
  public init(_ explanation: [String], basis: Basis, falsifier: String, check: String? = nil) {
    self.explanation = explanation
    self.basis = basis
    self.falsifier = falsifier
    self.check = check
  }
}

/// One figure and where it came from.
public struct Measurement: Sendable, Equatable {
  /// What it is: `rows removed`.
  public var name: String
  /// The figure.
  public var value: Double
  /// Its unit, empty for plain counts.
  public var unit: String
  /// The EXPLAIN key or catalog column that it came from.
  public var source: String

  /// A figure with its source.
  public init(_ name: String, _ value: Double, unit: String = "", source: String) {
    self.name = name
    self.value = value
    self.unit = unit
    self.source = source
  }
}

/// A row of `Metric | Estimated | Actual | Error`.
public struct Comparison: Sendable, Equatable {
  /// What is compared.
  public var metric: String
  /// The planner's figure.
  public var estimated: Double
  /// The measured figure.
  public var actual: Double

  /// An estimate beside its outcome.
  public init(_ metric: String, estimated: Double, actual: Double) {
    self.metric = metric
    self.estimated = estimated
    self.actual = actual
  }

  /// The larger over the smaller, both at least 1.
  public var error: Double {
    let ratio = max(actual, 1) / max(estimated, 1)
    return max(ratio, 1 / ratio)
  }
}
