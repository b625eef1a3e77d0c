import Catalog

extension PlannerTable {
  /// All that the evidence has of a table and of its database; `nil` where nothing tells its size.
  init?(_ relation: RelationEvidence, in database: DatabaseFacts) {
    guard let table = PlannerTable(relation) ?? Self.neverAnalyzed(relation) else { return nil }
    self = table
    databaseCollation = database.collation
    collations = relation.columns.reduce(into: [:]) { $0[$1.name] = $1.collation }
    expressions = Dictionary(
      relation.expressions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    extended = relation.extendedStatistics ?? []
  }

  private static func neverAnalyzed(_ relation: RelationEvidence) -> PlannerTable? {
    guard let pages = relation.statistics.currentPages, !relation.columns.isEmpty else { return nil }
    return PlannerTable(relation, rows: TableSize(pages: pages, types: relation.columns.map(\.type)).rows)
  }
}

extension DiagnosticCase {
  /// What the planner knows of the table that a node reads.
  func plannerTable(of node: Int) -> PlannerTable? {
    relation(of: node).flatMap { PlannerTable($0, in: evidence.database) }
  }

  /// What it knows of all tables, by the labels that the plan gives them.
  var plannerTables: [String: PlannerTable] {
    plan.nodes.indices.reduce(into: [:]) { tables, node in
      guard let label = plan.nodes[node].relation?.label, tables[label] == nil else { return }
      tables[label] = plannerTable(of: node)
    }
  }
}
