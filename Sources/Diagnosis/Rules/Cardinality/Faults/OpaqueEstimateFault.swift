import Catalog
import PlanModel
import SQLNames
import Statements

/// A condition for which the planner has no statistics to look at, so that it guesses.
struct OpaqueEstimateFault {
  /// What could tell it.
  enum Cure: Equatable {
    /// Statistics of the expression.
    case statistics(String)
    /// Statistics of the condition, which is looked up only where it is tested for truth.
    case truth(String)
    /// A plan for the values at hand.
    case customPlan
    /// The column's own statistics.
    case columnStatistics(String)
    /// Nothing that can be pasted; the sentence says what would help.
    case none(String)
  }

  let table: QualifiedName
  let condition: String
  let reason: String
  let constant: String?
  let expected: Double
  let counted: Double
  let isDerived: Bool
  let cure: Cure
  /// Other conditions of the same scan that are guessed as well.
  var others: [OpaqueEstimateFault] = []

  init?(_ term: TermDiagnosis, _ reason: DefaultGuess.Reason) {
    guard let predicate = term.predicate else { return nil }
    table = term.relation.name
    condition = term.condition
    self.reason = reason.rawValue
    if case .guess(let guess) = term.row.term.source?.decisive {
      constant = guess.constant
    } else {
      constant = nil
    }
    expected = term.expected
    counted = term.counted
    isDerived = term.row.isDerived
    cure = Self.cure(reason, predicate, term)
  }

  /// A pattern, for which the planner reckons with characters, or with the few bounds of a histogram.
  init?(_ term: TermDiagnosis, pattern: Void) {
    guard term.predicate != nil else { return nil }
    table = term.relation.name
    condition = term.condition
    reason = "a pattern, whose share is reckoned from its characters and from the histogram's bounds"
    constant = nil
    expected = term.expected
    counted = term.counted
    isDerived = term.row.isDerived
    cure = .none("A longer histogram (the column's statistics target) has more values to try the pattern on.")
  }

  private static func cure(
    _ reason: DefaultGuess.Reason, _ predicate: ColumnPredicate, _ term: TermDiagnosis
  ) -> Cure {
    switch reason {
    case .parameter: return .customPlan
    case .noStatistics:
      return term.column.map { .columnStatistics($0.name) } ?? .none("ANALYZE keeps no statistics of it.")
    case .expression:
      return TestedExpression.text(of: predicate, label: term.scan.label).map { .statistics($0) }
        ?? unreadable
    case .function, .columns, .condition:
      return TestedExpression.condition(of: predicate, label: term.scan.label).map { .truth($0) }
        ?? unreadable
    case .subPlan: return .none("Written as a join, the condition can be estimated.")
    }
  }

  private static let unreadable = Cure.none("A column that holds the result can have statistics.")
}

extension OpaqueEstimateFault: EstimateFault {
  static let rule = OpaqueEstimate.name

  var subject: String { "\(table.label) \(condition)" }

  func title(_ error: String) -> String {
    "The planner guesses how many rows of \(table.quoted) \(condition) keeps, and missed by \(error)"
  }

  var observations: [String] { [sentence] + others.map(\.sentence) }

  private var sentence: String {
    let name = constant.map { " (\($0))" } ?? ""
    let how = isDerived ? "; what the other conditions leave" : ""
    return """
      For \(condition) the planner has \(reason)\(name) and reckons with \(Words.percent(expected)) of the rows; \
      it holds for \(Words.percent(counted))\(how).
      """
  }

  var measurements: [Measurement] {
    [
      Measurement("guessed share", expected, source: constant ?? "the planner's source"),
      Measurement(
        "share of the rows", counted, source: isDerived ? "actual rows" : "count(*) FILTER (WHERE …)"),
    ]
  }

  func falsifier(_ node: String) -> String {
    "with statistics of the condition \(node) is still estimated as it is"
  }

  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    let own = ownRemedies(for: engine, expectation)
    let statistics = others.flatMap { $0.ownRemedies(for: engine, expectation) }.filter(\.hasStatement)
    return own + (own.contains(where: \.hasStatement) ? statistics : [])
  }

  private func ownRemedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    switch cure {
    case .statistics(let expression) where engine.hasTableMaintenance:
      return [expressionStatistics(expression, expectation)]
    case .truth(let condition) where engine.hasTableMaintenance:
      return [truthStatistics(condition, expectation), truthTest(condition, expectation)]
    case .customPlan where engine.hasGenericPlans:
      return [customPlan(expectation)]
    case .columnStatistics(let column) where engine.hasTableMaintenance:
      return [
        Remedy(
          .setStatisticsTarget(ColumnName(table, column), target: 100),
          rationale: "The column has no statistics: with a target of its own ANALYZE keeps them.",
          caveats: [], expectation: expectation)
      ]
    default: return []
    }
  }

  private static let release = "Statistics of expressions exist from PostgreSQL 14 on."

  private func statistics(of expression: String) -> RemedyAction {
    .createStatistics(StatisticsProposal(table: table, columns: [], kinds: [], expressions: [expression]))
  }

  private func expressionStatistics(_ expression: String, _ expectation: ExpectedImpact) -> Remedy {
    Remedy(
      statistics(of: expression),
      rationale:
        "ANALYZE then keeps common values and a histogram of the expression, as it does for a column.",
      caveats: [Self.release, "The statement must go on writing the expression as it does."],
      expectation: expectation)
  }

  private func truthStatistics(_ condition: String, _ expectation: ExpectedImpact) -> Remedy {
    Remedy(
      statistics(of: condition), rationale: "ANALYZE then knows how often the condition is true.",
      caveats: [Self.release, "They are looked up only where the statement is written as below."],
      expectation: expectation)
  }

  private func truthTest(_ condition: String, _ expectation: ExpectedImpact) -> Remedy {
    Remedy(
      .changeStatement(
        "Write the condition as `(\(condition)) IS TRUE`: in this form the planner looks its statistics up."),
      rationale:
        "The result is the same; the planner's guess for a bare function or comparison of columns looks at no statistics.",
      caveats: ["An index on the bare condition's columns is not found through IS TRUE."],
      expectation: expectation)
  }

  private func customPlan(_ expectation: ExpectedImpact) -> Remedy {
    Remedy(
      .set([SessionSetting("plan_cache_mode", "force_custom_plan")]),
      rationale:
        "Planned for the value at hand, the condition is estimated from the column's statistics.",
      caveats: ["Every execution of every prepared statement of the session is then planned anew."],
      expectation: expectation)
  }

  func noRemedy(for engine: EngineProfile) -> String? {
    if case .none(let sentence) = cure { return "No statement is advised. \(sentence)" }
    return remedies(for: engine, .unknown(direction: "", missing: "")).isEmpty
      ? "No statement is advised: \(engine.name) has no statistics of expressions." : nil
  }
}
