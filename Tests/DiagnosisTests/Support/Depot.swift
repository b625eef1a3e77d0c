import Catalog

extension EvidenceBook {
  /// The tables of the plans in which an index is passed over: parcels, with what refers to them and is like them.
  static let depot: [RelationEvidence] =
    [parcels, payments, baskets, readings, logs, labels, referredAccounts] + months

  static let parcels = RelationEvidence.table(
    "parcels", rows: 200_000, pages: 5_669,
    columns: [
      .column("id", "integer", width: 4, correlation: 1), .column("customer_id", "integer", width: 4),
      .column("status", "character varying(20)", width: 5),
      .column("placed_at", "timestamp with time zone", correlation: 1),
      .column("shipped_at", "timestamp without time zone", correlation: 1),
      .column("total", "numeric(10,2)", width: 6), .column("note", "text", width: 66),
      .column("doc", "jsonb", width: 39), .column("tags", "text[]", width: 40),
      .column("ref", "character(10)", width: 11, correlation: 1),
    ],
    indexes: [
      .primaryKey("parcels_pkey", "id"), .index("parcels_placed_at_idx", "placed_at"),
      .index("parcels_shipped_at_idx", "shipped_at"), .index("parcels_total_idx", "total"),
      .index("parcels_ref_idx", "ref"), .index("parcels_customer_id_idx", "customer_id"),
      .index("parcels_note_idx", "note"),
    ],
    counts: [
      ["(parcels.customer_id = 5)"]: 10,
      [
        "(date_trunc('month'::text, parcels.placed_at) = '2024-06-01 00:00:00+00'::timestamp with time zone)"
      ]: 21_600,
    ])

  private static let payments = RelationEvidence.table(
    "payments", rows: 300, pages: 2, columns: [.column("order_no", "numeric", width: 5)],
    indexes: [.primaryKey("payments_pkey", "id")])

  private static let baskets: RelationEvidence = {
    var relation = RelationEvidence.table(
      "baskets", rows: 300_000, pages: 1_622, columns: [.column("shop", "integer", width: 4)],
      indexes: [.primaryKey("baskets_pkey", "id"), .index("baskets_shop_idx", "shop")])
    relation.statistics.relAllVisible = 1_400
    relation.statistics.deadTuples = 3_333
    relation.statistics.lastVacuum = "2024-05-01 04:00:00+00"
    return relation
  }()

  private static let readings: RelationEvidence = {
    var relation = RelationEvidence.table(
      "readings", rows: 600_000, pages: 13_334,
      columns: [
        .column("sensor", "integer", width: 4), .column("at", "timestamp with time zone", correlation: 0.004),
      ],
      indexes: [.index("readings_sensor_idx", "sensor"), .index("readings_at_brin", "at")])
    relation.indexes?[1].accessMethod = "brin"
    return relation
  }()

  private static let logs: RelationEvidence = {
    var relation = RelationEvidence.table(
      "logs", rows: 600_000, pages: 12_766,
      columns: [
        .column("id", "integer", width: 4, correlation: 1),
        .column("at", "timestamp with time zone", correlation: 1),
      ], indexes: [.index("logs_at_brin", "at")])
    relation.indexes?[0].accessMethod = "brin"
    return relation
  }()

  private static let labels: RelationEvidence = {
    var relation = RelationEvidence.table(
      "labels", rows: 200_000, pages: 2_470, columns: [.column("title", "text", width: 66)])
    let key = IndexKey("title", operatorClass: "text_pattern_ops")
    relation.indexes = [IndexDefinition(name: "labels_title_idx", definition: "", keys: [key])]
    return relation
  }()

  /// Two thousand accounts; whether bookings that refer to them have an index is not known.
  private static let referredAccounts = RelationEvidence.table(
    "accounts_x", rows: 2_000, pages: 11, columns: [.column("id", "integer", width: 4)],
    indexes: [.primaryKey("accounts_x_pkey", "id")])

  /// The months of a year, partitioned by `at`.
  private static let months: [RelationEvidence] = (1...12).map { month in
    var relation = RelationEvidence.table(
      "visits_log_\(month < 10 ? "0" : "")\(month)", rows: 28_800, pages: 328,
      columns: [
        .column("id", "bigint"), .column("at", "timestamp with time zone", correlation: 1),
        .column("body", "text", width: 33),
      ]
    ).partition(of: "visits_log")
    relation.statistics.partitionKey = "RANGE (at)"
    return relation
  }
}
