import Statements

/// The planner's estimate of one condition on one table (`clause_selectivity` in `clausesel.c`).
struct ClauseEstimator {
  /// The table.
  let table: PlannerTable
  /// The name by which the plan's conditions call it.
  let label: String

  /// The share of the table's rows for which a condition is expected to hold.
  func factor(_ predicate: ColumnPredicate) -> SelectivityFactor {
    let text = predicate.text?.text ?? ""
    switch predicate.comparison {
    case .or: return alternatives(text, predicate.branches.map(factor))
    case .and: return conjunction(text, predicate.branches)
    case .not: return predicate.branches.first.map { negation(text, factor($0)) } ?? unread(text)
    case .opaque: return opaque(text, predicate)
    case .row: return row(text, predicate)
    default: return predicate.hasSubSelect ? unread(text) : test(text, predicate)
    }
  }

  private func unread(_ text: String) -> SelectivityFactor {
    SelectivityFactor(text, notModelled: "the condition is not taken apart")
  }

  // MARK: AND, OR and NOT

  private func alternatives(_ text: String, _ branches: [SelectivityFactor]) -> SelectivityFactor {
    let shares = branches.compactMap(\.selectivity)
    guard shares.count == branches.count else {
      return SelectivityFactor(text, notModelled: "a branch of its OR is not reproduced")
    }
    return SelectivityFactor(text, shares.reduce(0) { $0 + $1 - $0 * $1 }, .alternatives(branches))
  }

  private func conjunction(_ text: String, _ members: [ColumnPredicate]) -> SelectivityFactor {
    let product = product(of: members)
    guard let selectivity = product.selectivity else {
      return SelectivityFactor(text, notModelled: "a member of its AND is not reproduced")
    }
    return SelectivityFactor(text, selectivity, .conjunction(product))
  }

  func negation(_ text: String, _ inner: SelectivityFactor) -> SelectivityFactor {
    guard let share = inner.selectivity else {
      return SelectivityFactor(text, notModelled: inner.source.words)
    }
    return SelectivityFactor(text, 1 - share, .negation(inner))
  }

  // MARK: Conditions without an operator

  /// A function's result counts as a third, a sub-plan's or any other one as a half.
  private func opaque(_ text: String, _ predicate: ColumnPredicate) -> SelectivityFactor {
    let bare = text.drop { $0 == "(" }
    if Self.isSubPlan(text) { return SelectivityFactor(text, 0.5, .guess(DefaultGuess(reason: .subPlan))) }
    guard !predicate.hasSubSelect else { return unread(text) }
    if bare.hasPrefix("CASE ") || bare.hasPrefix("COALESCE(") {
      return SelectivityFactor(text, 0.5, .guess(DefaultGuess(reason: .condition)))
    }
    guard let function = predicate.functions.first, bare.hasPrefix("\(function)("), !Self.hasSupport(function)
    else { return unread(text) }
    return SelectivityFactor(text, 0.3333333, .guess(DefaultGuess(reason: .function)))
  }

  /// Functions that tell the planner more themselves: PostgreSQL's one, and PostGIS's.
  private static func hasSupport(_ function: String) -> Bool {
    function == "starts_with" || function.hasPrefix("st_")
  }

  /// `(SubPlan 1)`, `(NOT (hashed SubPlan 1))`, and nothing else.
  private static func isSubPlan(_ text: String) -> Bool {
    let words = text.split { " ()".contains($0) }
    let rest = words.drop { $0 == "NOT" || $0 == "hashed" }
    return rest.count == 2 && rest.first == "SubPlan"
  }

  /// Of `ROW(a, b) < ROW(1, 2)` the planner looks at the first pair alone (`rowcomparesel`).
  private func row(_ text: String, _ predicate: ColumnPredicate) -> SelectivityFactor {
    guard case .row(let name) = predicate.comparison, let first = predicate.columns.first,
      first.belongs(to: label), case .list(let list) = predicate.operand, let operand = list.first,
      let column = table.column(first.name), text.drop(while: { $0 == "(" }).hasPrefix("ROW(")
    else { return unread(text) }
    let tested = TestedColumn(
      column: column, isBare: true, comparison: Statements.Comparison(operator: name),
      comparand: Comparand(operand, label: label, parameters: predicate.parameters))
    let inner = factor(text, tested)
    return inner.selectivity.map { SelectivityFactor(text, $0, .leadingColumn(inner)) } ?? inner
  }

  // MARK: Tests of a column

  private func test(_ text: String, _ predicate: ColumnPredicate) -> SelectivityFactor {
    switch tested(predicate) {
    case .success(let tested): factor(text, tested)
    case .failure(let unmodelled): SelectivityFactor(text, notModelled: unmodelled.reason)
    }
  }

  /// The factor of a comparison of one column.
  func factor(_ text: String, _ tested: TestedColumn) -> SelectivityFactor {
    if tested.comparand == .null { return SelectivityFactor(text, 0, .nulls(nullFrac: 0, isNegated: false)) }
    switch tested.comparison {
    case .equal: return equality(text, tested)
    case .notEqual: return inequality(text, tested)
    case .distinctFrom: return negation(text, equality(text, tested))
    case .notDistinctFrom: return equality(text, tested)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return range(text, tested)
    case .like, .notLike, .caselessLike, .notCaselessLike, .matches, .notMatches, .operator:
      return pattern(text, tested)
    case .any(let name): return list(text, tested, operator: name, isAll: false)
    case .all(let name): return list(text, tested, operator: name, isAll: true)
    case .in: return list(text, tested, operator: "=", isAll: false)
    case .notIn: return list(text, tested, operator: "<>", isAll: true)
    default: return flag(text, tested)
    }
  }
}
