/// Boolean columns as conditions (`boolvarsel` and `booltestsel` in `selfuncs.c`), and tests for NULL
/// (`nulltestsel`).
extension PlannerColumn {
  /// `flag`: the same as `flag = true`.
  var isTrueAsCondition: Share {
    guard distribution != nil, let value = ColumnValue("t", type: .boolean), let share = equality(to: value)
    else { return (0.5, .guess(DefaultGuess(reason: .noStatistics))) }
    return share
  }

  /// `flag IS TRUE` and the like; `isNot` for IS NOT.
  func truth(_ wanted: Bool, isNot: Bool) -> Share {
    guard distribution != nil else {
      let isTrue = isTrueAsCondition
      return (wanted != isNot ? isTrue.selectivity : 1 - isTrue.selectivity, isTrue.source)
    }
    let known = 1 - nullFrac
    let share = wanted ? trueFrequency : known - trueFrequency
    return (isNot ? 1 - share : share, .truth(frequency: trueFrequency, nullFrac: nullFrac))
  }

  private var trueFrequency: Double {
    guard let first = common?.first, let frequency = frequencies.first else { return (1 - nullFrac) / 2 }
    return first.key == "1.0" ? frequency : 1 - frequency - nullFrac
  }

  /// `IS NULL`, or `IS NOT NULL`.
  func null(isNegated: Bool) -> Share {
    guard distribution != nil else {
      let guess = DefaultGuess(
        reason: .noStatistics, constant: isNegated ? "DEFAULT_NOT_UNK_SEL" : "DEFAULT_UNK_SEL")
      return (isNegated ? 0.995 : 0.005, .guess(guess))
    }
    return (isNegated ? 1 - nullFrac : nullFrac, .nulls(nullFrac: nullFrac, isNegated: isNegated))
  }
}
