/// Where the planner took a selectivity from, with the figures that went into it.
indirect enum SelectivitySource: Equatable {
  /// Entry `rank` (from 1) of the most common values.
  case commonValue(rank: Int, frequency: Double)
  /// A value that is none of the most common ones.
  case otherValue(OtherValues)
  /// A value that is known only when the statement runs.
  case anyValue(nullFrac: Double, distinct: Double, cap: Double?)
  /// A unique index: one row of so many.
  case oneRow(rows: Double)
  /// No statistics: one of an assumed number of distinct values.
  case assumedDistinct(Double)
  /// `<>`: what `=` and NULL leave.
  case others(equal: SelectivityFactor, nullFrac: Double)
  /// `<`, `<=`, `>`, `>=`.
  case range(RangeShare)
  /// The share of NULLs, or of all else.
  case nulls(nullFrac: Double, isNegated: Bool)
  /// A test of a boolean column by the frequency of its first common value.
  case truth(frequency: Double, nullFrac: Double)
  /// The members of an array, and whether their shares were added.
  case list([SelectivityFactor], isSum: Bool, isAll: Bool)
  /// LIKE and regular expressions.
  case pattern(PatternShare)
  /// A constant of the planner's source, for lack of anything better.
  case guess(DefaultGuess)
  /// NOT: 1 − s.
  case negation(SelectivityFactor)
  /// OR: s1 + s2 − s1 × s2.
  case alternatives([SelectivityFactor])
  /// AND inside of OR or NOT.
  case conjunction(FactorProduct)
  /// (a, b) < (x, y): the first column alone.
  case leadingColumn(SelectivityFactor)
  /// Not reproduced, and why.
  case notModelled(String)
}

/// The values of a column that are not in its list of most common ones, which the planner takes for equally
/// frequent (`var_eq_const`).
struct OtherValues: Equatable {
  /// Sum of the frequencies of the most common values.
  var commonSum: Double
  /// How many most common values there are.
  var commonCount: Int
  /// Share of NULLs.
  var nullFrac: Double
  /// Distinct values in all.
  var distinct: Double
  /// The frequency of the rarest common value, where that was the smaller result.
  var cap: Double?
}

/// A guess that the planner makes without looking at any statistics.
struct DefaultGuess: Equatable {
  /// Why nothing better was at hand.
  enum Reason: String {
    case expression = "an expression without statistics"
    case parameter = "a value that is known only when the statement runs"
    case noStatistics = "no statistics of the column"
    case function = "a function's result"
    case columns = "a comparison of two columns of one table"
    case subPlan = "the result of a sub-plan"
    case condition = "a condition that the planner does not look into"
  }

  /// Why nothing better was at hand.
  var reason: Reason
  /// The name of the constant in PostgreSQL's source; `nil` where it is written as a number there.
  var constant: String?
}
