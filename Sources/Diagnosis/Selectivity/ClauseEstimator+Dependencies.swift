import Catalog
import Statements

extension ClauseEstimator {
  /// Takes those conditions out of a list that functional dependencies put together; `nil` where none does.
  func dependentFactors(
    _ clauses: inout [(ColumnPredicate, SelectivityFactor)]
  ) -> DependentFactors? {
    for statistics in table.extended {
      let usable = clauses.filter { Self.isEquality($0.0) && $0.1.selectivity != nil }
      let applied = Self.strongest(statistics.dependencies, among: usable.compactMap { $0.0.column?.name })
      guard !applied.isEmpty else { continue }
      let columns = applied.reduce(into: Set<String>()) { $0.formUnion($1.from.union([$1.to])) }
      var single: [String: Double] = [:]
      for (predicate, factor) in usable {
        guard let name = predicate.column?.name, columns.contains(name) else { continue }
        single[name, default: 1] *= factor.selectivity ?? 1
      }
      clauses.removeAll { clause in
        usable.contains { $0 == clause } && columns.contains(clause.0.column?.name ?? "")
      }
      return DependentFactors(single: single, applied: applied, statistics: statistics.name)
    }
    return nil
  }

  private static func isEquality(_ predicate: ColumnPredicate) -> Bool {
    switch predicate.comparison {
    case .equal, .any("="), .in, .isTrue, .isFalse: predicate.operand.isFixed || predicate.operand == .none
    default: false
    }
  }

  /// The dependencies on the most columns first, then the strongest; a column is determined once.
  private static func strongest(
    _ dependencies: [FunctionalDependency], among names: [String]
  ) -> [FunctionalDependency] {
    var open = Set(names)
    var applied: [FunctionalDependency] = []
    while true {
      let fitting = dependencies.filter { $0.from.union([$0.to]).isSubset(of: open) }
      let best = fitting.max { ($0.from.count, $0.degree) < ($1.from.count, $1.degree) }
      guard let best else { return applied }
      applied.append(best)
      open.remove(best.to)
    }
  }
}
