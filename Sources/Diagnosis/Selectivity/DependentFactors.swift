import Catalog

/// Conditions on columns of which one follows from others, by extended statistics of the kind `dependencies`
/// (`clauselist_apply_dependencies` in `dependencies.c`).
struct DependentFactors: Equatable {
  /// Each column's selectivity on its own.
  var single: [String: Double]
  /// The dependencies that were applied, strongest first.
  var applied: [FunctionalDependency]
  /// The statistics object.
  var statistics: String

  /// `f + (1 − f) × b` where a condition on the determining columns keeps no more than b alone, else
  /// `f × b / a + (1 − f) × b`; then the product.
  var selectivity: Double {
    var shares = single
    for dependency in applied.reversed() {
      let from = dependency.from.reduce(1) { $0 * (shares[$1] ?? 1) }
      let to = shares[dependency.to] ?? 1
      let bound = from <= to ? 1 : to / from
      shares[dependency.to] = dependency.degree * bound + (1 - dependency.degree) * to
    }
    return shares.sorted { $0.key < $1.key }.reduce(1) { $0 * $1.value }
  }

  /// The arithmetic.
  var words: String {
    let singles = single.sorted { $0.key < $1.key }.map { "\($0.key) \(Arithmetic.number($0.value))" }
    let rules = applied.map {
      "\($0.from.sorted().joined(separator: ", ")) → \($0.to) by \(Arithmetic.number($0.degree))"
    }
    return "\(Arithmetic.number(selectivity)) of \(Words.list(singles)), dependent by \(statistics): "
      + rules.joined(separator: "; ")
  }
}
