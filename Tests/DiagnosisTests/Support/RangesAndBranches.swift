import Catalog

extension EvidenceBook {
  /// The tables of the plans whose joins lead by a range, by either of two columns, or to partitions, and of those
  /// that read one table twice; all vacuumed.
  static let rangesAndBranches: [RelationEvidence] =
    [blocks, people, entries].map(\.vacuumed) + measures

  /// Ranges of addresses that do not overlap, in their order.
  private static let blocks = RelationEvidence.table(
    "blocks", rows: 6_000, pages: 45,
    columns: [
      .column("first_address", "bigint", correlation: 1), .column("last_address", "bigint", correlation: 1),
      .column("country", "text", width: 3), .column("provider", "text", width: 12),
    ])

  /// An address of each is indexed, the number of none.
  private static let people = RelationEvidence.table(
    "people", rows: 30_000, pages: 250,
    columns: [
      .column("id", "integer", width: 4, correlation: 1), .column("email", "text", width: 12),
      .column("phone", "character varying(20)", width: 13, correlation: 1),
      .column("since", "date", width: 4),
    ],
    indexes: [.primaryKey("people_pkey", "id"), .index("people_email_idx", "email")])

  private static let entries: RelationEvidence = {
    var entries = RelationEvidence.table(
      "entries", rows: 200_000, pages: 2_273,
      columns: [
        .column("id", "bigint", correlation: 1), .column("account", "text", width: 35),
        .column("booked", "timestamp without time zone", correlation: 1),
        .column("cents", "integer", width: 4),
      ],
      indexes: [.primaryKey("entries_pkey", "id")],
      counts: [
        ["(entries.cents = 7)"]: 200,
        ["(entries.booked < '2023-06-02 00:00:00'::timestamp without time zone)"]: 2_879,
        ["(entries_1.cents >= 5)", "(entries_1.cents <= 9)"]: 1_000,
        ["(entries_1.booked < '2023-06-03 00:00:00'::timestamp without time zone)"]: 5_759,
      ])
    entries.columns[1].distribution?.nDistinct = 3_900
    entries.columns[3].distribution?.nDistinct = 1_000
    return entries
  }()

  private static let halves = zip(1...2, [(157_247.0, 1_002.0), (142_753, 910)])

  private static let siblings = halves.map { half, size in
    PartitionSize(QualifiedName(schema: "public", name: "measures_h\(half)"), relTuples: size.0)
  }

  /// Nine thousand meters, read in turn.
  private static let measures = halves.map { half, size in
    var relation = RelationEvidence.table(
      "measures_h\(half)", rows: size.0, pages: size.1,
      columns: [
        .column("read_at", "timestamp with time zone", correlation: 1),
        .column("meter", "integer", width: 4), .column("kwh", "numeric", width: 4),
      ]
    ).partition(of: "measures", siblings: siblings)
    relation.columns[1].distribution?.nDistinct = 8_916
    return relation
  }
}

extension RelationEvidence {
  /// The same with all blocks all-visible.
  fileprivate var vacuumed: RelationEvidence {
    var relation = self
    relation.statistics.relAllVisible = statistics.relPages
    return relation
  }
}
