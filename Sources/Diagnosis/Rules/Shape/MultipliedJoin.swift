import PlanModel
import Statements

/// A join that multiplied the rows of a side that is wanted by those of a side that is not, until a node above
/// collapsed them again.
struct MultipliedJoin {
  /// The rows of a side must be multiplied so far, and collapsed again (plan-math.md calls 3x a significant
  /// departure from what is expected of independent inputs).
  static let leastFactor = 3.0

  /// The DISTINCT or GROUP BY.
  let collapse: Int
  let join: Int
  /// The side whose columns are wanted.
  let wanted: Int
  /// The side that only multiplies.
  let other: Int
  /// Rows that the join made of one row of the wanted side.
  let factor: Double

  /// - Parameter needed: labels of the tables whose columns the rows stand for above the join.
  init?(below collapse: Int, needing needed: Set<String>, in query: DiagnosticCase) {
    // Of a parallel plan the Gather hands on what each process has collapsed already.
    guard let top = JoinTree.join(below: collapse, in: query),
      query.totalRows(of: top) >= query.totalRows(of: collapse) * Self.leastFactor,
      query.totalRows(of: collapse) > 0
    else { return nil }
    self.collapse = collapse
    let candidates = JoinTree(of: top, in: query).joins.flatMap { join in
      query.inputs(of: join).map { (join: join, wanted: $0) }
    }
    for candidate in candidates {
      guard let other = query.inputs(of: candidate.join).first(where: { $0 != candidate.wanted }),
        query.plan.nodes[candidate.join].type.joinType == nil,
        Self.isWanted(candidate.wanted, not: other, needed, in: query),
        Self.isUnused(other, above: candidate.join, until: collapse, in: query)
      else { continue }
      let factor =
        query.totalRows(of: candidate.join) / max(query.rowsInto(candidate.join, from: candidate.wanted), 1)
      guard factor >= Self.leastFactor else { continue }
      (self.join, self.wanted, self.other, self.factor) = (candidate.join, candidate.wanted, other, factor)
      return
    }
    return nil
  }

  private static func isWanted(_ side: Int, not other: Int, _ needed: Set<String>, in query: DiagnosticCase)
    -> Bool
  {
    !query.labels(below: side).isDisjoint(with: needed) && query.labels(below: other).isDisjoint(with: needed)
  }

  /// No join further up compares a column of that side.
  private static func isUnused(_ side: Int, above join: Int, until collapse: Int, in query: DiagnosticCase)
    -> Bool
  {
    let labels = query.labels(below: side)
    let above = query.plan.ancestors(of: join).prefix { $0 != collapse }
    let beside = above.flatMap { ancestor in
      query.plan.subtree(of: ancestor).filter { !query.plan.subtree(of: join).contains($0) }
    }
    return !beside.flatMap { node in
      [PropertyKey.indexCond, .joinFilter, .hashCond, .mergeCond, .filter].flatMap {
        query.conditions.predicates($0, of: node)
      }
    }.flatMap(\.allColumns).contains { $0.alias.map(labels.contains) ?? false }
  }

  /// The joins of a plan on which LateGroupBy or LateDistinct advise.
  static func advised(in query: DiagnosticCase) -> Set<Int> {
    let rules: [any Rule] = [LateGroupBy(), LateDistinct()]
    return Set(
      rules.flatMap { rule -> [Int] in
        guard case .examined(let findings) = rule.examine(query) else { return [] }
        return findings.compactMap(\.blamedNodes.first)
      })
  }

  /// The join and what carried its rows up to the node that collapsed them, that node not included.
  func path(in query: DiagnosticCase) -> [Int] {
    [join] + query.plan.ancestors(of: join).prefix { $0 != collapse }
  }

  /// The columns by which the two sides are joined, those of the unwanted side first.
  func keys(in query: DiagnosticCase) -> [(other: String, wanted: String)] {
    let labels = query.labels(below: other)
    let inner: [PropertyKey] = [.indexCond, .recheckCond]
    let own = query.joinConditions(at: join)
    let below = query.plan.subtree(of: other).flatMap { node in
      inner.flatMap { query.conditions.predicates($0, of: node) }
    }
    return (own + below).uniqued().compactMap { predicate in
      guard predicate.comparison == .equal, let left = predicate.column,
        case .column(let right) = predicate.operand,
        let first = left.alias, let second = right.alias, labels.contains(first) != labels.contains(second)
      else { return nil }
      return labels.contains(first) ? (left.text, right.text) : (right.text, left.text)
    }
  }

  /// The tables of a side as the statement may name them.
  func tables(_ side: Int, in query: DiagnosticCase) -> String {
    Words.list(
      query.plan.subtree(of: side).filter { !query.plan.nodes[$0].type.isBitmapBuilder }
        .compactMap { query.plan.nodes[$0].relation?.qualifiedLabel }.uniqued())
  }
}

extension DiagnosticCase {
  /// Labels of the tables whose columns stand in these lists.
  func labels(in keys: [PropertyKey], of node: Int) -> Set<String> {
    let texts = keys.compactMap { plan.nodes[node][$0] }
    return Set(PlanLists.columns(in: texts).joined().compactMap { $0.alias ?? $0.qualifier })
  }
}
