import Catalog

/// Tables of the plans about shape that are not in the shop.
extension EvidenceBook {
  static let shapeTables: [RelationEvidence] = [tickets, ticketEvents, tours, stops, slowEvents]

  static let tickets = RelationEvidence.table(
    "tickets", rows: 80_000, pages: 589,
    columns: [
      .column("tenant_id", "integer", width: 4), .column("id", "integer", width: 4),
      .column("state", "text", width: 6), .column("title", "text", width: 12),
    ],
    indexes: [.primaryKey("tickets_pkey", "tenant_id", "id")])

  static let ticketEvents = RelationEvidence.table(
    "ticket_events", rows: 400_000, pages: 2_548,
    columns: [
      .column("tenant_id", "integer", width: 4), .column("id", "integer", width: 4),
      .column("ticket_id", "integer", width: 4), .column("what", "text", width: 8),
    ],
    indexes: [
      .primaryKey("ticket_events_pkey", "tenant_id", "id"),
      .index("ticket_events_ticket_idx", "tenant_id", "ticket_id"),
    ])

  static let tours = RelationEvidence.table(
    "tours", rows: 20_000, pages: 109,
    columns: [
      .column("id", "integer", width: 4), .column("depot_id", "integer", distinct: 50),
      .column("day", "date", width: 4),
    ],
    indexes: [.primaryKey("tours_pkey", "id")])

  static let stops = RelationEvidence.table(
    "stops", rows: 300_000, pages: 2_200,
    columns: [
      .column("id", "integer", width: 4), .column("tour_id", "integer", width: 4),
      .column("depot_id", "integer", distinct: 50), .column("address", "text", width: 13),
    ],
    indexes: [.primaryKey("stops_pkey", "id"), .index("stops_depot_idx", "depot_id", "tour_id")])

  static let slowEvents: RelationEvidence = {
    var relation = RelationEvidence.table(
      "slow_events", rows: 300_000, pages: 7_318,
      columns: [.column("id", "integer", width: 4), .column("body", "text", width: 153)])
    relation.statistics.options = ["parallel_workers=0"]
    return relation
  }()
}

extension ColumnStatistics {
  /// A column with so many different values.
  static func column(_ name: String, _ type: String, distinct: Double) -> ColumnStatistics {
    ColumnStatistics(
      name: name, type: type, isNotNull: true,
      distribution: ColumnDistribution(nullFrac: 0, nDistinct: distinct, avgWidth: 4))
  }
}

extension FunctionEvidence {
  /// A function that writes or uses state, by its marking.
  static let score = FunctionEvidence(
    name: QualifiedName(schema: "public", name: "score"), arguments: "n integer", rows: 0, cost: 100,
    volatility: .volatile, language: "plpgsql", isParallelSafe: false)
}
