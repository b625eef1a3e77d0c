extension Comparison {
  /// The comparison that an operator of the tree means.
  init(kind: String, operator name: String) {
    switch kind {
    case "AEXPR_OP": self.init(operator: name)
    case "AEXPR_OP_ANY": self = name == "=" ? .any("=") : .any(name)
    case "AEXPR_OP_ALL": self = .all(name)
    case "AEXPR_IN": self = name == "<>" ? .notIn : .in
    case "AEXPR_DISTINCT": self = .distinctFrom
    case "AEXPR_NOT_DISTINCT": self = .notDistinctFrom
    case "AEXPR_BETWEEN", "AEXPR_BETWEEN_SYM": self = .between
    case "AEXPR_NOT_BETWEEN", "AEXPR_NOT_BETWEEN_SYM": self = .notBetween
    case "AEXPR_LIKE", "AEXPR_ILIKE": self = Self.operators[name] ?? .operator(name)
    case "AEXPR_SIMILAR": self = name == "!~" ? .notSimilar : .similar
    default: self = .opaque
    }
  }

  /// The comparison that an operator means between two values.
  public init(operator name: String) { self = Self.operators[name] ?? .operator(name) }

  private static let operators: [String: Comparison] = [
    "=": .equal, "<>": .notEqual, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual, "~~": .like, "!~~": .notLike, "~~*": .caselessLike, "!~~*": .notCaselessLike,
    "~": .matches, "~*": .matches, "!~": .notMatches, "!~*": .notMatches,
  ]

  /// The same test with its sides exchanged; `nil` where it has no such twin.
  public var turned: Comparison? {
    switch self {
    case .equal, .notEqual, .distinctFrom, .notDistinctFrom: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: nil
    }
  }

  /// The test that is true where this one is false and NULL where it is NULL; `nil` without one.
  public var negated: Comparison? {
    Self.negations[self] ?? Self.negations.first { $0.value == self }?.key
  }

  private static let negations: [Comparison: Comparison] = [
    .equal: .notEqual, .less: .greaterOrEqual, .greater: .lessOrEqual, .between: .notBetween, .in: .notIn,
    .isNull: .isNotNull, .like: .notLike, .caselessLike: .notCaselessLike, .similar: .notSimilar,
    .matches: .notMatches, .distinctFrom: .notDistinctFrom,
  ]
}
