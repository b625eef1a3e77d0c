import Catalog

extension RelationEvidence {
  /// 200,000 rows in 5,000 blocks, vacuumed: `tenant`, `weight`, `route`, `box` and `code` are spread over the
  /// table, `sent_at` follows its order.
  static let crates: RelationEvidence = {
    var crates = RelationEvidence.table(
      "crates", rows: 200_000, pages: 5_000,
      columns: [
        .spread("id", "integer", width: 4, distinct: -1, correlation: 1),
        .spread("tenant", "integer", width: 4, distinct: 400),
        .spread("state", "text", width: 5, distinct: 3, correlation: 0.55),
        .spread("sent_at", "timestamp with time zone", width: 8, distinct: -1, correlation: 1),
        .spread("weight", "integer", width: 4, distinct: 50, correlation: 0.03),
        .spread("route", "integer", width: 4, distinct: 40, correlation: 0.02),
        .spread("box", "integer", width: 4, distinct: 5_001),
        .spread("code", "text", width: 33, distinct: -1),
        .spread("note", "text", width: 101, distinct: 1, correlation: 1),
      ],
      indexes: [
        .sized(.primaryKey("crates_pkey", "id"), 4_513_792),
        .sized(.index("crates_tenant_idx", "tenant"), 1_474_560),
        .sized(.index("crates_sent_at_idx", "sent_at"), 4_513_792),
        .sized(.index("crates_route_box_idx", "route", "box"), 1_433_600),
        .failed("crates_state_idx", "state"),
      ],
      counts: [
        ["(crates.tenant = 7)"]: 500, ["(crates.box = 3789)"]: 40,
        ["(crates.tenant = 7)", "(crates.box = 3789)"]: 20,
        ["(crates.state = 'lost'::text)"]: 200, ["(crates.state = 'open'::text)"]: 66_600,
        ["(crates.weight < 40)"]: 160_000, ["(crates.box = 55)"]: 40,
        ["(crates.state = 'gone'::text)"]: 0, ["(crates.weight = 77)"]: 0,
        ["(crates.tenant < 60)"]: 30_000,
      ])
    crates.statistics.relAllVisible = 5_000
    return crates
  }()

  static let tenants = RelationEvidence.table(
    "tenants", rows: 400, pages: 3,
    columns: [.column("id", "integer", width: 4, correlation: 1), .column("name", "text", width: 10)],
    indexes: [.primaryKey("tenants_pkey", "id")])
}

extension ColumnStatistics {
  fileprivate static func spread(
    _ name: String, _ type: String, width: Int, distinct: Double, correlation: Double = 0
  ) -> ColumnStatistics {
    var column = ColumnStatistics.column(name, type, width: width, correlation: correlation)
    column.distribution?.nDistinct = distinct
    return column
  }
}

extension IndexDefinition {
  fileprivate static func sized(_ index: IndexDefinition, _ bytes: Double) -> IndexDefinition {
    var sized = index
    sized.sizeBytes = bytes
    return sized
  }
}

extension IndexDefinition {
  /// What a CREATE INDEX CONCURRENTLY leaves behind that was cancelled.
  fileprivate static func failed(_ name: String, _ column: String) -> IndexDefinition {
    var index = IndexDefinition.index(name, column)
    index.isValid = false
    return index
  }
}

extension EvidenceBook {
  /// Tables with indexes of all kinds.
  static let warehouse = [RelationEvidence.crates, RelationEvidence.tenants]
}
