import Catalog
import PlanModel
import Statements

/// The partitions of one table that a plan reads, and what the plan tests of the table's key.
struct PrunedAppend {
  /// The partitioned table.
  let table: QualifiedName
  /// The inputs of the Append that ran, each with its scan.
  let children: [Child]
  /// `pg_get_partkeydef`: `RANGE (placed_at)`.
  let key: String
  /// What a predicate tests of the key, where one does.
  let use: KeyUse

  struct Child {
    /// The input of the Append.
    let input: Int
    let scan: Int
    let isEmpty: Bool
  }

  /// How the statement's conditions deal with the key.
  enum KeyUse {
    case absent
    /// Inside an expression or a cast; the condition, and its twin on the bare column.
    case wrapped(ColumnPredicate, bare: String?)
    /// Bare: the planner could prune as far as the values go.
    case bare
  }

  /// The partitioned tables that an Append reads; `nil` for other nodes and where the key was not seen.
  init?(append: Int, in query: DiagnosticCase) {
    guard ["Append", "Merge Append"].contains(query.plan.nodes[append].type.name) else { return nil }
    let children = query.inputs(of: append).compactMap { Self.child($0, in: query) }
    guard let first = children.first, let relation = query.relation(of: first.scan),
      let key = relation.statistics.partitionKey, relation.statistics.parent != nil,
      children.allSatisfy({ query.relation(of: $0.scan)?.statistics.parent == relation.statistics.parent })
    else { return nil }
    table = relation.indexTarget
    self.children = children
    self.key = key
    use = Self.use(of: key, by: first.scan, relation, in: query)
  }

  private static func child(_ input: Int, in query: DiagnosticCase) -> Child? {
    guard query.plan.nodes[input].actual.figures != nil,
      let scan = query.plan.subtree(of: input).first(where: { query.plan.nodes[$0].relation != nil })
    else { return nil }
    return Child(input: input, scan: scan, isEmpty: query.totalRows(of: input) == 0)
  }

  var empty: [Child] { children.filter(\.isEmpty) }

  // MARK: The key

  private static func use(
    of key: String, by scan: Int, _ relation: RelationEvidence, in query: DiagnosticCase
  ) -> KeyUse {
    guard let label = query.plan.nodes[scan].relation?.label else { return .bare }
    let keys: [PropertyKey] = [.filter, .indexCond, .recheckCond]
    let builders = query.plan.subtree(of: scan)
    let predicates = builders.flatMap { node in keys.flatMap { query.conditions.predicates($0, of: node) } }
    let own = predicates.filter { predicate in
      predicate.allColumns.contains { $0.belongs(to: label) && PrintedText.mentions($0.name, in: key) }
    }
    // A part of a statement that the reader does not take apart may name the key all the same.
    let mentions = predicates.contains { predicate in
      predicate.comparison == .opaque
        && (predicate.text?.text).map { text in
          relation.columns.contains { PrintedText.mentions($0.name, in: key) && text.contains($0.name) }
        } ?? false
    }
    guard !own.isEmpty else { return mentions ? .bare : .absent }
    guard
      let wrapped = own.first(where: { $0.column != nil && !$0.wrapping.isEmpty && $0.comparison.isOrdered }),
      !own.contains(where: { $0.isBareColumn && $0.comparison.isOrdered }),
      key.count(where: { $0 == "(" }) == 1
    else { return .bare }
    let type = relation.column(wrapped.column?.name ?? "").map { ColumnType(text: $0.type) }
    if wrapped.wrapping == [.cast("text")], type?.isText ?? false { return .bare }
    let bare = wrapped.column.flatMap { BarePredicate(wrapped, column: $0.name, type: type)?.text }
    return .wrapped(wrapped, bare: bare)
  }
}
