import Statements

/// Comparisons of one column with something.
extension ClauseEstimator {
  // MARK: = and <>

  func equality(_ text: String, _ tested: TestedColumn) -> SelectivityFactor {
    switch tested.comparand {
    case .value(let value): return equality(text, tested.column, value)
    case .unknown:
      let share = tested.column.equalityToUnknown
      return SelectivityFactor(text, share.selectivity, share.source)
    case .ownColumn: return ownColumn(text, share: 0.005, constant: "DEFAULT_EQ_SEL")
    default: return computed(text)
    }
  }

  private func equality(_ text: String, _ column: PlannerColumn, _ value: String) -> SelectivityFactor {
    // Without statistics and without common values it does not matter what the value is.
    let read =
      ColumnValue(value, type: column.type)
      ?? (column.common == [] ? ColumnValue(value, type: .unordered) : nil)
    guard let read, let share = column.equality(to: read) else {
      return SelectivityFactor(text, notModelled: "its value, or those of pg_stats, are in another notation")
    }
    return SelectivityFactor(text, share.selectivity, share.source)
  }

  func inequality(_ text: String, _ tested: TestedColumn) -> SelectivityFactor {
    let equal = equality(text, tested)
    guard let share = equal.selectivity else { return equal }
    let nullFrac = tested.comparand == .ownColumn ? 0 : tested.column.nullFrac
    return SelectivityFactor(text, 1 - share - nullFrac, .others(equal: equal, nullFrac: nullFrac))
  }

  private func ownColumn(_ text: String, share: Double, constant: String) -> SelectivityFactor {
    SelectivityFactor(text, share, .guess(DefaultGuess(reason: .columns, constant: constant)))
  }

  private func computed(_ text: String) -> SelectivityFactor {
    SelectivityFactor(text, notModelled: "the planner computed the value, which the plan does not show")
  }

  // MARK: <, <=, >, >=

  func range(_ text: String, _ tested: TestedColumn) -> SelectivityFactor {
    guard let operation = RangeOperator(tested.comparison) else { return computed(text) }
    switch tested.comparand {
    case .value(let value):
      guard tested.column.distribution != nil else { return third(text, tested.guess) }
      guard let value = ColumnValue(value, type: tested.column.type) else {
        return SelectivityFactor(text, notModelled: "its value is in another notation")
      }
      return range(text, tested.column, operation, value)
    case .ownColumn: return third(text, .columns)
    case .unknown: return third(text, .parameter)
    default: return computed(text)
    }
  }

  private func range(
    _ text: String, _ column: PlannerColumn, _ operation: RangeOperator, _ value: ColumnValue
  ) -> SelectivityFactor {
    switch column.range(operation, value) {
    case .success(let share): SelectivityFactor(text, share.selectivity, .range(share))
    case .failure(let unmodelled): SelectivityFactor(text, notModelled: unmodelled.reason)
    }
  }

  private func third(_ text: String, _ reason: DefaultGuess.Reason) -> SelectivityFactor {
    SelectivityFactor(
      text, Self.defaultInequality, .guess(DefaultGuess(reason: reason, constant: "DEFAULT_INEQ_SEL")))
  }

  /// `DEFAULT_INEQ_SEL`.
  static let defaultInequality = 0.3333333333333333

  // MARK: Patterns

  func pattern(_ text: String, _ tested: TestedColumn) -> SelectivityFactor {
    let isNegated = Self.negatedPatterns.contains(tested.comparison)
    guard tested.column.type == .text || tested.column.distribution == nil, Self.isPattern(tested.comparison)
    else {
      return SelectivityFactor(text, notModelled: "this operator is not modelled for the column's type")
    }
    switch tested.comparand {
    case .value(let value):
      guard let pattern = Self.pattern(value, tested.comparison, text) else {
        return SelectivityFactor(text, notModelled: "this operator or pattern is not modelled")
      }
      return pattern.matched(text, by: tested.column, isNegated: isNegated)
    case .unknown, .ownColumn:
      let guess = DefaultGuess(reason: .parameter, constant: "DEFAULT_MATCH_SEL")
      return SelectivityFactor(text, isNegated ? 0.995 : 0.005, .guess(guess))
    default: return computed(text)
    }
  }

  /// Other operators have estimators of their own.
  private static func isPattern(_ comparison: Statements.Comparison) -> Bool {
    if case .operator(let name) = comparison { name == "^@" } else { true }
  }

  private static let negatedPatterns: Set<Statements.Comparison> = [.notLike, .notCaselessLike, .notMatches]

  private static func pattern(
    _ value: String, _ comparison: Statements.Comparison, _ text: String
  ) -> TextPattern? {
    switch comparison {
    case .like, .notLike: .like(LikePattern(value, isCaseless: false))
    case .caselessLike, .notCaselessLike: .like(LikePattern(value, isCaseless: true))
    // The grammar's `~*` is the same comparison as `~`.
    case .matches, .notMatches: RegexPattern(value, isCaseless: text.contains("~* '")).map { .regex($0) }
    case .operator("^@"): .start(value)
    default: nil
    }
  }

  // MARK: Lists

  func list(_ text: String, _ tested: TestedColumn, operator name: String, isAll: Bool) -> SelectivityFactor {
    let comparison = Statements.Comparison(operator: name)
    let unknown = Array(repeating: Comparand.unknown, count: ListSelectivity.assumedMembers)
    guard tested.comparand != .ownColumn else {
      return SelectivityFactor(text, notModelled: "the elements of an array column are not modelled")
    }
    let isFixed = tested.comparand.arrayMembers != nil
    guard let members = tested.comparand.arrayMembers ?? (tested.comparand == .unknown ? unknown : nil) else {
      return computed(text)
    }
    let factors = members.map { member in
      factor(
        text,
        TestedColumn(column: tested.column, isBare: tested.isBare, comparison: comparison, comparand: member))
    }
    let isDisjoint = isFixed && comparison == (isAll ? .notEqual : .equal)
    return ListSelectivity(isAll: isAll, isDisjoint: isDisjoint).factor(text, factors)
  }

  // MARK: Boolean columns and NULL

  func flag(_ text: String, _ tested: TestedColumn) -> SelectivityFactor {
    guard let share = share(text, tested) else {
      return SelectivityFactor(text, notModelled: "this comparison is not modelled")
    }
    return SelectivityFactor(text, share.selectivity, share.source)
  }

  private func share(_ text: String, _ tested: TestedColumn) -> PlannerColumn.Share? {
    let column = tested.column
    // `flag` and `NOT flag` are read as IS TRUE and IS FALSE, but estimated apart from them.
    let isTest = text.contains(" IS ")
    switch tested.comparison {
    case .isNull: return column.null(isNegated: false)
    case .isNotNull: return column.null(isNegated: true)
    case .isTrue where !isTest: return column.isTrueAsCondition
    case .isFalse where !isTest:
      let inner = SelectivityFactor(
        text, column.isTrueAsCondition.selectivity, column.isTrueAsCondition.source)
      return (1 - (inner.selectivity ?? 0), .negation(inner))
    case .isTrue: return column.truth(true, isNot: false)
    case .isNotTrue: return column.truth(true, isNot: true)
    case .isFalse: return column.truth(false, isNot: false)
    case .isNotFalse: return column.truth(false, isNot: true)
    default: return nil
    }
  }
}

extension TextPattern {
  /// The factor of a match, or of its negation.
  fileprivate func matched(_ text: String, by column: PlannerColumn, isNegated: Bool) -> SelectivityFactor {
    switch column.matching(self) {
    case .failure(let unmodelled): return SelectivityFactor(text, notModelled: unmodelled.reason)
    case .success(let share):
      let match = SelectivityFactor(text, share.selectivity, share.source)
      guard isNegated else { return match }
      return SelectivityFactor(
        text, 1 - share.selectivity - column.nullFrac, .others(equal: match, nullFrac: column.nullFrac))
    }
  }
}
