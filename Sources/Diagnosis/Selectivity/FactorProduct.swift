/// The conditions of one scan put together (`clauselist_selectivity` in `clausesel.c`).
struct FactorProduct: Equatable {
  /// What is multiplied.
  enum Term: Equatable {
    case factor(SelectivityFactor)
    case pair(RangePair)
    case dependent(DependentFactors)

    /// 0 to 1; `nil` where it was not reproduced.
    var selectivity: Double? {
      switch self {
      case .factor(let factor): factor.selectivity
      case .pair(let pair): pair.selectivity
      case .dependent(let factors): factors.selectivity
      }
    }
  }

  /// Every condition on its own, in the plan's order.
  var factors: [SelectivityFactor]
  /// What is multiplied.
  var terms: [Term]
  /// Statistics over several columns that the planner used and that are not reproduced.
  var unmodelled: String?

  /// The product; `nil` where a term was not reproduced.
  var selectivity: Double? {
    guard unmodelled == nil else { return nil }
    return terms.reduce(1) { product, term in product.flatMap { a in term.selectivity.map { a * $0 } } }
  }

  /// Why it has no number; empty where it has one.
  var reasons: [String] {
    let factors = factors.filter { $0.selectivity == nil }.map(\.sentence)
    return factors + [unmodelled].compactMap(\.self)
  }

  /// The multiplication.
  var words: String {
    let terms = terms.map { term in
      switch term {
      case .factor(let factor): factor.number
      case .pair(let pair): "(\(pair.words))"
      case .dependent(let factors): "(\(factors.words))"
      }
    }
    return terms.isEmpty ? "no condition" : terms.joined(separator: " × ")
  }
}

/// Two bounds of one column, which are added, not multiplied.
struct RangePair: Equatable {
  /// The lower bound: `x > 1`.
  var low: SelectivityFactor
  /// The upper bound: `x < 9`.
  var high: SelectivityFactor
  /// Share of NULLs, which both bounds leave out.
  var nullFrac: Double

  /// `low + high − 1 + nullFrac`; the planner's 0.005 (`DEFAULT_RANGE_INEQ_SEL`) where a bound is a guess or the
  /// result is impossible; `nil` where a bound was not reproduced.
  var selectivity: Double? {
    guard let low = low.selectivity, let high = high.selectivity else { return nil }
    guard low != ClauseEstimator.defaultInequality, high != ClauseEstimator.defaultInequality else {
      return 0.005
    }
    let sum = low + high - 1 + nullFrac
    return sum > 0 ? sum : sum < -0.01 ? 0.005 : 1e-10
  }

  /// The arithmetic.
  var words: String {
    let sum = "\(low.number) + \(high.number) − 1 + \(Arithmetic.number(nullFrac)) NULL"
    let isSum = selectivity.map { result in
      ((low.selectivity ?? 0) + (high.selectivity ?? 0) - 1 + nullFrac) == result
    }
    return isSum == true ? sum : "\(Arithmetic.number(selectivity ?? 0)), the planner's guess for a range"
  }
}
