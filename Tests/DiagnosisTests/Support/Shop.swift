import Catalog

extension EvidenceBook {
  /// What the database has in which the PostgreSQL plans of the fixtures were captured.
  static let shop: EvidenceBook = {
    var book = EvidenceBook(
      relations: [
        orders, orderLines, customers, currencies, shops, visits, imports, stock, transactions, accounts,
      ] + events + shapeTables + depot + parcelService + warehouse + rangesAndBranches,
      settings: [PlannerSetting(name: "work_mem", value: "4096", unit: "kB")])
    book.functions = [.score]
    return book
  }()

  static let orders = RelationEvidence.table(
    "orders", rows: 200_000, pages: 2_778,
    columns: [
      .column("id", "integer", width: 4, correlation: 1), .column("customer_id", "integer", width: 4),
      .column("status", "character varying(20)", width: 6, correlation: 0.5),
      .column("placed_at", "timestamp with time zone"), .column("total", "numeric(10,2)", width: 6),
      .column("note", "text", width: 50),
    ],
    indexes: [.primaryKey("orders_pkey", "id")],
    counts: [
      ["((orders.status)::text = 'returned'::text)"]: 800,
      ["((orders.status)::text = 'open'::text)"]: 100_000,
      ["((orders.status)::text = ANY ('{returned,lost}'::text[]))"]: 800,
      ["(orders.customer_id = 5)"]: 10,
      ["(orders.placed_at >= '2024-06-01 00:00:00+00'::timestamp with time zone)"]: 116_000,
      [
        "(orders.placed_at >= '2024-06-01 00:00:00+00'::timestamp with time zone)",
        "((orders.status)::text = 'returned'::text)", "(orders.customer_id = 5)",
      ]: 0,
      [
        "(orders.placed_at >= '2024-12-01 00:00:00+00'::timestamp with time zone)",
        "(orders.placed_at < '2024-12-03 00:00:00+00'::timestamp with time zone)",
      ]: 1_163,
    ])

  static let orderLines = RelationEvidence.table(
    "order_lines", rows: 599_998, pages: 3_822,
    columns: [
      .column("order_id", "integer", width: 4, correlation: 1), .column("product_id", "integer", width: 4),
    ])

  static let customers = RelationEvidence.table(
    "customers", rows: 20_000, pages: 167,
    columns: [
      .column("id", "integer", width: 4, correlation: 1),
      .column("email", "character varying(80)", width: 21),
      .column("region", "text", width: 9),
    ],
    indexes: [.primaryKey("customers_pkey", "id")])

  static let currencies = RelationEvidence.table(
    "currencies", rows: 180, pages: 2, columns: [.column("name", "text", width: 12)],
    indexes: [.primaryKey("currencies_pkey", "code")])

  static let shops = RelationEvidence.table(
    "shops", rows: 20_000, pages: 148,
    columns: [
      .column("id", "integer", width: 4, correlation: 1), .column("city", "text", width: 7),
      .column("country", "text", width: 10), .column("opened", "date", width: 4),
    ],
    indexes: [.primaryKey("shops_pkey", "id")],
    counts: [
      ["(s.city = 'city-7'::text)"]: 200, ["(s.country = 'country-3'::text)"]: 400,
      ["(s.city = 'city-7'::text)", "(s.country = 'country-3'::text)"]: 200,
    ])

  static let visits = RelationEvidence.table(
    "visits", rows: 400_000, pages: 2_942,
    columns: [
      .column("id", "integer", width: 4, correlation: 1), .column("shop_id", "integer", width: 4),
      .column("visitor", "text", width: 11), .column("at", "timestamp with time zone", correlation: 1),
    ],
    indexes: [
      .primaryKey("visits_pkey", "id"), .index("visits_shop_id_idx", "shop_id"),
      .index("visits_at_idx", "at"),
    ])

  /// Analyzed when it had 500 rows, then loaded.
  static let imports: RelationEvidence = {
    var relation = RelationEvidence.table(
      "imports", rows: 60_000, pages: 325,
      columns: [.column("batch", "integer", width: 4), .column("sku", "text", width: 9)],
      indexes: [.primaryKey("imports_pkey", "id"), .index("imports_batch_idx", "batch")])
    relation.statistics.relTuples = 500
    relation.statistics.relPages = 3
    relation.statistics.modifiedSinceAnalyze = 59_500
    return relation
  }()

  static let stock = RelationEvidence.table(
    "stock", rows: 60_000, pages: 390, columns: [.column("sku", "text", width: 9)],
    indexes: [.primaryKey("stock_pkey", "sku")])

  static let transactions = RelationEvidence.table(
    "transactions", rows: 1_000_000, pages: 12_000,
    columns: [
      .column("id", "uuid", width: 16), .column("payer_id", "bigint"), .column("payee_id", "bigint"),
      .column("amount", "numeric", width: 6), .column("created_at", "timestamp with time zone"),
    ],
    indexes: [.primaryKey("transactions_pkey", "id")],
    counts: [
      ["(payer_id = 1)"]: 3, ["(transactions.payee_id = 7)"]: 1_000,
      ["(transactions.amount > '9000'::numeric)"]: 100_000,
      ["(transactions.amount > '9000'::numeric)", "(transactions.payee_id = 7)"]: 120,
    ])

  static let accounts = RelationEvidence.table(
    "accounts", rows: 20_000, pages: 240,
    columns: [.column("id", "uuid", width: 16), .column("customer_id", "bigint")],
    indexes: [.primaryKey("accounts_pkey", "id")])

  static let allEvents = (1...4).map { month in
    PartitionSize(QualifiedName(schema: "public", name: "events_2024_0\(month)"), relTuples: 100_000)
  }

  /// Three of the four partitions of `events`, each with as many rows as its month has.
  static let events = zip(1...3, [(107_135.0, 1_649.0), (100_224, 1_542), (107_136, 1_649)]).map {
    month, size in
    RelationEvidence.table(
      "events_2024_0\(month)", rows: size.0, pages: size.1,
      columns: [
        .column("id", "bigint", correlation: 1), .column("tenant_id", "integer", width: 4),
        .column("at", "timestamp with time zone", correlation: 1),
      ],
      counts: [
        ["(events_\(month).tenant_id = 77)"]: 200,
        ["(events_\(month).at < '2024-03-15 00:00:00+00'::timestamp with time zone)"]: month == 3
          ? 48_384 : size.0,
      ]
    ).partition(of: "events", siblings: allEvents)
  }
}
