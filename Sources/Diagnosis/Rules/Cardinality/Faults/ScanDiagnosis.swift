import Catalog
import PlanModel
import Statements

/// Takes a scan's wrong estimate apart and finds the part that is wrong.
///
/// An estimate is rows of the table × share of each condition; what came is counted rows × counted shares ×
/// what the conditions have to do with each other. So the error is the product of these ratios, and the
/// largest of them, in the error's own direction, is the cause.
struct ScanDiagnosis {
  /// A ratio of single shares, or of table sizes, that is no matter of chance (plan-math.md, "Skew", "n_distinct").
  static let leastRatio = 2.0

  let misestimate: Misestimate
  let query: DiagnosticCase
  let relation: RelationEvidence
  let label: String
  let measured: MeasuredScan
  let estimate: ReproducedEstimate?
  let comparison: FactorComparison?

  /// `nil` where the node is no scan of a table of which something is known.
  init?(_ misestimate: Misestimate, in query: DiagnosticCase) {
    guard var relation = query.relation(of: misestimate.node),
      let label = query.plan.nodes[misestimate.node].relation?.label
    else { return nil }
    let measured = MeasuredScan(misestimate.node, in: query)
    if relation.rowCount == nil { relation.rowCount = measured.tableRows.map { CountedRows($0) } }
    self.misestimate = misestimate
    self.query = query
    self.relation = relation
    self.label = label
    self.measured = measured
    estimate = query.reproduce(scan: misestimate.node, query.plannerTable(of: misestimate.node))
    comparison = estimate.map { FactorComparison($0, counted: relation, joint: measured.share) }
  }

  /// The plan's own number is what the arithmetic gives.
  private var isReproduced: Bool {
    if case .reproduced = estimate?.agreement(with: misestimate.estimated) { true } else { false }
  }

  /// The one cause that the numbers show.
  var fault: (any EstimateFault)? {
    if let stale = StaleTable(relation: relation), stale.sign == .neverAnalyzed { return stale }
    if isReproduced, let part = worstPart { return fault(of: part) }
    if let correlated, correlated.explains(misestimate.estimated) { return correlated }
    // What changed since need not have touched these rows: only where no count says so.
    guard !isReproduced || comparison?.joint == nil else { return nil }
    return StaleTable(relation: relation)
  }

  // MARK: Parts

  private enum Part {
    case size(Double)
    case term(FactorComparison.Row, Double)
    case together(Double)

    var ratio: Double {
      switch self {
      case .size(let ratio), .term(_, let ratio), .together(let ratio): ratio
      }
    }

    var least: Double {
      if case .together = self { CorrelatedColumns.leastRatio } else { ScanDiagnosis.leastRatio }
    }
  }

  private var worstPart: Part? {
    let parts = self.parts.filter { directed($0.ratio) >= $0.least }
    return parts.max { directed($0.ratio) < directed($1.ratio) }
  }

  /// Over 1 in the direction of the error.
  private func directed(_ ratio: Double) -> Double { misestimate.isUnderestimate ? ratio : 1 / ratio }

  private var parts: [Part] {
    guard let estimate, let comparison, let rows = relation.rowCount?.value, rows > 0 else { return [] }
    // Nothing counted is less than one row, not infinitely less.
    let least = 0.5 / rows
    let terms = comparison.rows.compactMap { row -> Part? in
      guard let expected = row.expected, let counted = row.counted else { return nil }
      return .term(row, max(counted, least) / max(expected, least))
    }
    let correlation = comparison.correlation.map { Part.together(max($0, least)) }
    return [.size(rows / max(estimate.tableRows, 1))] + terms + [correlation].compactMap { $0 }
  }

  private func fault(of part: Part) -> (any EstimateFault)? {
    switch part {
    case .size: StaleTable(relation: relation, planned: estimate?.tableRows)
    case .together: correlated
    case .term(let row, _) where row.term.source == nil: correlated
    case .term(let row, _): withOtherGuesses(TermDiagnosis(row, of: self).fault, besides: row)
    }
  }

  /// Guesses for other conditions that are wrong the same way are put right with the worst one.
  private func withOtherGuesses(
    _ fault: (any EstimateFault)?, besides row: FactorComparison.Row
  ) -> (any EstimateFault)? {
    guard var opaque = fault as? OpaqueEstimateFault else { return fault }
    opaque.others = parts.compactMap { part in
      guard case .term(let other, let ratio) = part, other != row, directed(ratio) >= Self.leastRatio else {
        return nil
      }
      return TermDiagnosis(other, of: self).fault as? OpaqueEstimateFault
    }
    return opaque
  }

  private var correlated: CorrelatedColumns? { CorrelatedColumns(self) }

  // MARK: Words

  /// The planner's arithmetic, each figure beside what was counted.
  var sentences: [String] {
    guard let estimate, let comparison else { return [] }
    guard isReproduced else { return [estimate.agreement(with: misestimate.estimated).sentence] }
    let terms = comparison.rows.flatMap { row in row.term.sentences + [counted(row)].compactMap { $0 } }
    return terms + ["The planner: \(estimate.sentence)"] + [together].compactMap { $0 }
  }

  private func counted(_ row: FactorComparison.Row) -> String? {
    guard let share = row.counted, let rows = relation.rowCount?.value else { return nil }
    let how = row.isDerived ? "what the other conditions leave" : "count(*)"
    return """
      There are \(Words.counted((share * rows).rounded(), "such row")) of \(Words.count(rows)) = \
      \(Arithmetic.number(share)) (\(how)).
      """
  }

  private var together: String? {
    guard let joint = comparison?.joint, let rows = relation.rowCount?.value, comparison?.rows.count ?? 0 > 1
    else { return nil }
    return "All of it holds for \(Words.counted((joint * rows).rounded(), "row")) of \(Words.count(rows))."
  }
}

extension FactorProduct.Term {
  /// The arithmetic of each of its conditions.
  var sentences: [String] {
    switch self {
    case .factor(let factor): [factor.sentence + "."]
    case .pair(let pair): [pair.low.sentence + ".", pair.high.sentence + "."]
    case .dependent: []
    }
  }
}
