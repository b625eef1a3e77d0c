import Catalog

extension EvidenceBook {
  /// Consignments, their moves and their kinds: the tables behind the plans with wrong estimates, as their server's
  /// catalog had them.
  static let parcelService = [consignments, moves, kinds, picked]

  static let consignments: RelationEvidence = {
    var relation = RelationEvidence.table(
      "consignments", rows: 40_000, pages: 295,
      columns: [
        .sampled("id", distinct: -1, bounds: ["1", "10000", "20000", "30000", "40000"]),
        .sampled(
          "town", "text", distinct: 100, common: ["town 0", "town 1", "town 10", "town 11", "town 12"],
          frequencies: Array(repeating: 0.01, count: 5),
          bounds: ["town 13", "town 3", "town 47", "town 64", "town 81", "town 99"]),
        .sampled(
          "zip", "text", distinct: 100, common: ["zip 0", "zip 1", "zip 10", "zip 11", "zip 12"],
          frequencies: Array(repeating: 0.01, count: 5),
          bounds: ["zip 13", "zip 3", "zip 47", "zip 64", "zip 81", "zip 99"]),
        .sampled(
          "hub", distinct: -0.25075, common: ["10", "12", "14", "26"],
          frequencies: Array(repeating: 0.03335, count: 4), bounds: ["0", "8", "21", "5435", "40099"]),
        .sampled(
          "kind_id", distinct: 39, common: ["1", "5", "10", "15", "20"],
          frequencies: [0.6, 0.01055, 0.01055, 0.01055, 0.01055], bounds: ["2", "9", "18", "26", "33", "39"]),
        .sampled("wide", distinct: -1, bounds: ["1", "20000", "40000"]),
      ],
      indexes: [.primaryKey("consignments_pkey", "id")],
      counts: [
        ["(p.town = 'town 7'::text)"]: 400, ["(p.zip = 'zip 7'::text)"]: 400, ["(p.kind_id = 1)"]: 24_000,
        ["(p.town = 'town 7'::text)", "(p.zip = 'zip 7'::text)"]: 400,
        ["(p.town = 'town 7'::text)", "(p.kind_id = 1)"]: 400,
        ["(p.hub = 11)"]: 666, ["(p.hub = 12)"]: 1_334,
        ["((p.id % 20) = 3)"]: 2_000, ["((p.wide % 3) = 1)"]: 13_334,
        ["((p.id % 20) = 3)", "((p.wide % 3) = 1)"]: 666, ["((p.id % 200) = 3)"]: 200,
      ])
    relation.extendedStatistics = []
    relation.distinctCounts = [DistinctCount(["hub"], 10_030), DistinctCount(["kind_id"], 39)]
    return relation
  }()

  static let moves: RelationEvidence = {
    var relation = RelationEvidence.table(
      "moves", rows: 80_000, pages: 433,
      columns: [
        .sampled("id", distinct: -1, bounds: ["1", "40000", "80000"]),
        .sampled("parcel_id", distinct: 100, bounds: ["3", "9363", "19541", "29994", "39961"]),
        .sampled(
          "note", "text", distinct: 8,
          common: ["note 5", "note 0", "note 2", "note 6", "note 4", "note 1", "note 3", "late"],
          frequencies: [0.15166667, 0.14866666, 0.148, 0.14366667, 0.142, 0.13366666, 0.13033333, 0.002]),
      ],
      indexes: [.primaryKey("moves_pkey", "id"), .index("moves_parcel_id_idx", "parcel_id")],
      counts: [["(m.note = 'late'::text)"]: 300, ["(m.note = 'note 3'::text)"]: 11_386])
    relation.distinctCounts = [DistinctCount(["parcel_id"], 40_000)]
    return relation
  }()

  static let kinds = RelationEvidence.table(
    "kinds", rows: 40, pages: 1,
    columns: [
      .sampled("kind_id", distinct: -1, bounds: ["1", "10", "20", "30", "40"]),
      .sampled("code", "text", distinct: -1, bounds: ["kind 1", "kind 18", "kind 27", "kind 36", "kind 9"]),
    ], indexes: [.primaryKey("kinds_pkey", "kind_id")],
    counts: [["(k.code = 'kind 1'::text)"]: 1, ["(k.code = 'kind 7'::text)"]: 1])

  static let picked = RelationEvidence.table(
    "picked", rows: 20, pages: 1,
    columns: [.sampled("id", distinct: -1, bounds: ["1000", "5000", "10000", "15000", "20000"])])
}
