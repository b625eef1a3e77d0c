import Catalog
import PlanModel

/// Shows with counts that a scan's predicates are not independent, which is what the planner assumes.
///
/// Arithmetic (plan-math.md, "Predicate correlation"): joint count / (Π selectivities × table rows).
struct CorrelatedFilter {
  /// From this ratio on, either way, independence is refuted.
  static let leastRatio = 3.0

  let sentences: [String]
  /// The planner's own estimate is the product of the counted selectivities, within a factor of two: then
  /// its statistics are right, and independence alone is what misled it.
  let reproducesEstimate: Bool

  /// `nil` when the node is no scan, the counts are missing, or the predicates are independent enough.
  init?(_ misestimate: Misestimate, in query: DiagnosticCase) {
    guard let relation = query.relation(of: misestimate.node), let rows = relation.rowCount?.value else {
      return nil
    }
    let texts = query.conditionTexts(of: misestimate.node)
    let single = texts.compactMap { relation.selectivity(of: [$0]) }
    guard texts.count > 1, single.count == texts.count, let joint = relation.selectivity(of: texts),
      joint > 0
    else { return nil }
    let product = single.reduce(1, *)
    let ratio = joint / product
    guard max(ratio, 1 / ratio) > Self.leastRatio else { return nil }
    let expected = max(product * rows, 1)
    reproducesEstimate =
      max(expected / max(misestimate.estimated, 1), max(misestimate.estimated, 1) / expected) <= 2
    let factors = single.map(Words.percent).joined(separator: " × ")
    sentences = [
      """
      The planner multiplies the predicates' selectivities as if they were independent: \(factors) of \
      \(Words.count(rows)) rows = \(Words.counted(product * rows, "row")). Counted together they hold for \
      \(Words.counted(joint * rows, "row")): the columns are correlated (\(Words.ratio(max(ratio, 1 / ratio)))).
      """
    ]
  }
}
