import PlanModel
import Statements

/// Which columns a plan ties to a fixed value, and which to each other, wherever it tests them.
struct ColumnLinks {
  /// A column under the label of its table in the plan.
  struct Place: Hashable {
    var label: String
    var column: String
  }

  /// Columns that an equality, IN or IS ties to values of the statement.
  private(set) var fixed: Set<Place> = []
  /// Columns that a comparison of any kind ties to values of the statement, ``fixed`` included.
  private(set) var bounded: Set<Place> = []
  /// Columns that have to be equal.
  private(set) var equal: [(first: Place, second: Place)] = []

  private static let keys: [PropertyKey] = [
    .filter, .storageFilters, .indexCond, .recheckCond, .joinFilter, .hashCond, .mergeCond,
  ]

  /// Labels of partitions, which EXPLAIN numbers, each with that of its parent.
  private let parents: [String: String]

  /// Reads every condition of the plan.
  init(_ query: DiagnosticCase) {
    let labels = query.plan.nodes.indices.compactMap { node in
      query.plan.nodes[node].relation.flatMap { relation in
        query.statedLabel(of: node).map { (relation.label, $0) }
      }
    }
    parents = Dictionary(labels, uniquingKeysWith: { first, _ in first })
    for node in query.plan.nodes.indices {
      let own = query.plan.nodes[node].relation?.label
      for predicate in Self.keys.flatMap({ query.conditions.predicates($0, of: node) }) {
        add(predicate, own: own)
      }
    }
  }

  private mutating func add(_ predicate: ColumnPredicate, own: String?) {
    guard let column = predicate.column, let place = self.place(column, own: own),
      predicate.wrapping.allSatisfy({ if case .cast = $0 { true } else { false } })
    else { return }
    if predicate.operand.isFixed, predicate.comparison.bounds { bounded.insert(place) }
    if predicate.operand.isFixed, predicate.comparison.fixes { fixed.insert(place) }
    guard predicate.comparison == .equal, case .column(let other) = predicate.operand,
      let second = self.place(other, own: own), second.label != place.label
    else { return }
    equal.append((place, second))
  }

  private func place(_ column: ColumnReference, own: String?) -> Place? {
    (column.alias ?? column.qualifier ?? own).map { Place(label: parents[$0] ?? $0, column: column.name) }
  }

  /// The columns of the table with this label that are equal to a column of the other, each with its partner.
  func pairs(of label: String, with other: String) -> [(own: String, other: String)] {
    equal.compactMap { link in
      if link.first.label == label, link.second.label == other {
        return (link.first.column, link.second.column)
      }
      if link.second.label == label, link.first.label == other {
        return (link.second.column, link.first.column)
      }
      return nil
    }
  }

  /// Labels whose tables are directly joined to this one.
  func partners(of label: String) -> Set<String> {
    Set(equal.flatMap { [$0.first.label, $0.second.label] }.filter { !pairs(of: label, with: $0).isEmpty })
  }

  /// All columns of a table that an equality ties to anything.
  func tied(_ label: String) -> Set<String> {
    let joined = equal.flatMap { [$0.first, $0.second] }
    return Set((joined + fixed).filter { $0.label == label }.map(\.column))
  }
}

extension Statements.Comparison {
  fileprivate var fixes: Bool {
    switch self {
    case .equal, .in, .any("="): true
    default: false
    }
  }

  fileprivate var bounds: Bool {
    switch self {
    case .equal, .in, .any("="), .less, .lessOrEqual, .greater, .greaterOrEqual, .between: true
    default: false
    }
  }
}

extension DiagnosticCase {
  /// The label of the table that a node reads, as conditions above it name it: EXPLAIN numbers the partitions of
  /// `line` as `line_1`, `line_2`, and calls their rows those of `line` from the Append on.
  func statedLabel(of node: Int) -> String? {
    guard let label = plan.nodes[node].relation?.label else { return nil }
    guard relation(of: node)?.statistics.kind == .partition, let end = label.lastIndex(of: "_"),
      end != label.startIndex, !label[label.index(after: end)...].isEmpty,
      label[label.index(after: end)...].allSatisfy({ ("0"..."9").contains($0) }),
      plan.ancestors(of: node).contains(where: { plan.nodes[$0].type.name.hasSuffix("Append") })
    else { return label }
    return String(label[..<end])
  }
}
