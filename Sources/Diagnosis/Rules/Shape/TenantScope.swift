import Catalog
import PlanModel

/// The column by which the tables of a multi-tenant schema are divided, and which tables of a query are held
/// to one tenant by it.
struct TenantScope {
  /// A table of the plan, by its label in the statement: that of a partition is its parent's.
  struct Carrier {
    var label: String
    var scan: Int
    var relation: RelationEvidence
  }

  let column: String
  /// Tables that the query holds to a tenant.
  let scoped: [Carrier]
  /// Tables that have the column and that nothing holds to a tenant.
  let unscoped: [Carrier]

  /// Every tenant column of the tables in a plan, where some of them are held to a tenant.
  static func all(in query: DiagnosticCase, _ links: ColumnLinks) -> [TenantScope] {
    let carriers = carriers(in: query)
    let names = carriers.flatMap { $0.relation.columns.map(\.name) }.uniqued()
    return names.compactMap { TenantScope(column: $0, carriers, links) }
  }

  static func carriers(in query: DiagnosticCase) -> [Carrier] {
    query.plan.nodes.indices.compactMap { node in
      guard !query.plan.nodes[node].type.isBitmapBuilder, let label = query.statedLabel(of: node),
        let relation = query.relation(of: node)
      else { return nil }
      return Carrier(label: label, scan: node, relation: relation)
    }
  }

  private init?(column: String, _ all: [Carrier], _ links: ColumnLinks) {
    let having = all.filter { $0.relation.column(column) != nil }
    let tables = Set(having.map(\.relation.indexTarget))
    let types = Set(having.compactMap { $0.relation.column(column)?.type })
    guard tables.count > 1, types.count == 1, tables.count * 2 > Set(all.map(\.relation.indexTarget)).count,
      Self.divides(column, having)
    else { return nil }
    self.column = column
    let held = Self.held(column, having, links)
    scoped = having.filter { held.contains($0.label) }
    unscoped = having.filter { !held.contains($0.label) && !Self.isLookedUpByKey($0, links) }
    guard !scoped.isEmpty, !unscoped.isEmpty else { return nil }
  }

  /// Keys of several columns begin with it, in most of the tables that have it: it divides them.
  private static func divides(_ column: String, _ having: [Carrier]) -> Bool {
    let led = having.filter { carrier in
      (carrier.relation.indexes ?? []).contains {
        $0.isUnique && $0.keys.count > 1 && $0.leadingColumns.first == column
      }
    }
    return Set(led.map(\.relation.indexTarget)).count * 2 > Set(having.map(\.relation.indexTarget)).count
  }

  /// Labels whose column is fixed, or equal to one that is.
  private static func held(_ column: String, _ having: [Carrier], _ links: ColumnLinks) -> Set<String> {
    var held = Set(having.map(\.label).filter { links.fixed.contains(.init(label: $0, column: column)) })
    guard !held.isEmpty else { return [] }
    var grew = true
    while grew {
      let next = having.map(\.label).filter { label in
        !held.contains(label)
          && held.contains {
            links.pairs(of: label, with: $0).contains { $0.own == column && $0.other == column }
          }
      }
      held.formUnion(next)
      grew = !next.isEmpty
    }
    return held
  }

  /// A unique key without the tenant finds one row at most: that of another tenant cannot come along.
  private static func isLookedUpByKey(_ carrier: Carrier, _ links: ColumnLinks) -> Bool {
    let tied = links.tied(carrier.label)
    return (carrier.relation.indexes ?? []).contains { index in
      index.isUnique && index.isValid && index.predicate == nil && !index.keys.contains(where: \.isExpression)
        && !index.keys.isEmpty && index.leadingColumns.allSatisfy(tied.contains)
    }
  }
}
