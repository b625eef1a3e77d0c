import Statements

extension ClauseEstimator {
  /// The estimate of conditions that must all hold.
  func product(of predicates: [ColumnPredicate]) -> FactorProduct {
    let factors = predicates.map(factor)
    if predicates.count == 1 { return FactorProduct(factors: factors, terms: factors.map { .factor($0) }) }
    var rest = Array(zip(predicates, factors))
    let dependent = dependentFactors(&rest)
    let ranges = RangeGroups(rest, label: label, nullFrac: nullFrac)
    return FactorProduct(
      factors: factors, terms: (dependent.map { [.dependent($0)] } ?? []) + ranges.terms,
      unmodelled: unmodelledStatistics(predicates))
  }

  private func nullFrac(_ predicate: ColumnPredicate) -> Double {
    guard case .success(let tested) = tested(predicate) else { return 0 }
    return tested.column.null(isNegated: false).selectivity
  }

  /// Statistics over several columns that hold more than this knows how to use.
  private func unmodelledStatistics(_ predicates: [ColumnPredicate]) -> String? {
    let columns = Set(predicates.flatMap(\.allColumns).map(\.name))
    let used = table.extended.first { $0.hasCommonCombinations && $0.columns.intersection(columns).count > 1 }
    return used.map {
      "the most common combinations of the extended statistics \($0.name) are not reproduced"
    }
  }
}

/// Finds the pairs of bounds among conditions (`addRangeClause` in `clausesel.c`).
private struct RangeGroups {
  typealias Clause = (predicate: ColumnPredicate, factor: SelectivityFactor)

  private struct Variable: Hashable {
    var column: ColumnReference
    var wrapping: [ColumnWrapping]
  }

  let terms: [FactorProduct.Term]

  init(_ clauses: [Clause], label: String, nullFrac: (ColumnPredicate) -> Double) {
    var groups: [(variable: Variable, clauses: [Clause])] = []
    var terms: [FactorProduct.Term] = []
    for clause in clauses {
      guard let variable = Self.variable(clause.predicate, label: label) else {
        terms.append(.factor(clause.factor))
        continue
      }
      if let known = groups.firstIndex(where: { $0.variable == variable }) {
        groups[known].clauses.append(clause)
      } else {
        groups.append((variable, [clause]))
      }
    }
    self.terms = terms + groups.flatMap { Self.terms(of: $0.clauses, nullFrac) }
  }

  /// The column that a condition bounds by a value that is the same for all rows.
  private static func variable(_ predicate: ColumnPredicate, label: String) -> Variable? {
    guard RangeOperator(predicate.comparison) != nil, let column = predicate.column,
      predicate.columns.allSatisfy({ $0 == column }), predicate.columns.count == 1, column.belongs(to: label)
    else { return nil }
    return Variable(column: column, wrapping: predicate.wrapping)
  }

  private static func terms(
    of clauses: [Clause], _ nullFrac: (ColumnPredicate) -> Double
  ) -> [FactorProduct.Term] {
    let low = tightest(clauses.filter { RangeOperator($0.predicate.comparison)?.isGreater == true })
    let high = tightest(clauses.filter { RangeOperator($0.predicate.comparison)?.isGreater == false })
    guard let low, let high, let first = clauses.first else {
      return [low, high].compactMap { $0.map { .factor($0) } }
    }
    return [.pair(RangePair(low: low, high: high, nullFrac: nullFrac(first.predicate)))]
  }

  /// Of several bounds on one side the tighter one counts alone.
  private static func tightest(_ clauses: [Clause]) -> SelectivityFactor? {
    clauses.map(\.factor).min { ($0.selectivity ?? 0) < ($1.selectivity ?? 0) }
  }
}
