import Catalog
import Diagnosis
import PlanModel

@testable import Reporting

/// PostgreSQL, live: a full scan that throws most rows away, stale statistics, a nested loop that follows from them.
enum OrdersReport {
  static let statement = """
    SELECT o.id, o.total, c.name
    FROM orders AS o
    JOIN customers AS c ON c.id = o.customer_id
    WHERE o.status = 'pending' AND o.note <> 'a -- b --> c'
    ORDER BY o.created_at
    """

  static let planText = """
    Sort  (cost=28453.10..28453.35 rows=100 width=44) (actual time=2019.402..2019.950 rows=4200 loops=1)
      Output: o.id, o.total, c.name, o.created_at
      Sort Key: o.created_at
      Sort Method: quicksort  Memory: 512kB
      ->  Nested Loop  (cost=0.29..28449.78 rows=100 width=44) (actual time=0.411..2010.114 rows=4200 loops=1)
            Output: o.id, o.total, c.name, o.created_at
            Inner Unique: true
            ->  Seq Scan on public.orders o  (cost=0.00..27700.00 rows=100 width=28) (actual time=0.320..1842.317 rows=4200 loops=1)
                  Output: o.id, o.customer_id, o.status, o.total, o.note, o.created_at
                  Filter: ((o.note <> 'a -- b --> c'::text) AND (o.status = 'pending'::text))
                  Rows Removed by Filter: 1045800
            ->  Index Scan using customers_pkey on public.customers c  (cost=0.29..7.50 rows=1 width=24) (actual time=0.035..0.036 rows=1 loops=4200)
                  Output: c.id, c.name
                  Index Cond: (c.id = o.customer_id)
    Settings: work_mem = '64MB', random_page_cost = '1.1'
    Query Identifier: -4467829837465123
    Planning Time: 0.812 ms
    Execution Time: 2024.118 ms
    """

  static let plan = readPlan(planText)

  static let orders = QualifiedName(schema: "public", name: "orders")
  static let customers = QualifiedName(schema: "public", name: "customers")

  static let scan = Finding(
    rule: "FullScanFilterWaste", title: "Full scan of public.orders discards 99.6% of the rows it reads",
    blamedNodes: [2], impact: Impact(milliseconds: 1842.317, share: 1842.317 / 2024.118),
    observations: [
      "The scan read 1,050,000 rows and kept 4,200 of them: its filter discarded 99.6%.",
      "It took 1,842 ms of 2,024 ms.",
    ],
    comparisons: [Comparison("Rows", estimated: 100, actual: 4200)],
    measurements: [
      Measurement("rows removed", 1_045_800, source: "Rows Removed by Filter"),
      Measurement("Node Duration", 1842.317, unit: "ms", source: "actual time × loops"),
      Measurement("rows in the table", 1_050_000, source: "count(*)"),
    ],
    cause: Cause(
      [
        "No index of `public.orders` leads with `status`; the only one is `orders_pkey (id)`.",
        "The filter keeps 4,200 of 1,050,000 rows (0.4%), so an index would read far less.",
      ], basis: .supportedByCatalog,
      falsifier: "an index that leads with `status` exists and is not shown under Evidence"),
    remedies: [
      Remedy(
        .createIndex(IndexProposal(table: orders, keys: [IndexKey("status"), IndexKey("created_at")])),
        rationale:
          "An index on the filtered column lets the server read the 4,200 rows that are wanted, already in the order of the ORDER BY.",
        caveats: ["About 32 MB, estimated from 1,050,000 rows; the table has 1 other index to maintain."],
        expectation: .computed(upTo: 1834.9, from: "4,200 of 1,050,000 rows counted, Node Duration 1,842 ms"))
    ], key: ProblemKey("FullScanFilterWaste", "public.orders"))

  static let stale = Finding(
    rule: "StaleStatistics", title: "The statistics of public.orders are 98% out of date", blamedNodes: [3],
    impact: Impact(milliseconds: 151.2, share: 151.2 / 2024.118),
    observations: ["The catalog has 25,000 rows for `public.orders`; counting finds 1,050,000."],
    comparisons: [Comparison("Rows of public.orders", estimated: 25_000, actual: 1_050_000)],
    measurements: [Measurement("reltuples", 25_000, source: "pg_class.reltuples")],
    cause: Cause(
      ["The last ANALYZE was 2026-08-01, and 1,025,000 rows were changed since then."],
      basis: .supportedByCatalog,
      falsifier: "the rows were deleted and counted again between both readings"),
    remedies: [
      Remedy(
        .analyze(orders), rationale: "ANALYZE lets the planner see the table as it is.",
        expectation: .unknown(
          direction: "a plan chosen from true row counts", missing: "a run with fresh statistics"))
    ], key: ProblemKey("StaleStatistics", "public.orders"))

  static let loop = Finding(
    rule: "NestedLoopAmplification", title: "Nested loop runs its inner side 42.0x as often as planned",
    blamedNodes: [3], impact: Impact(milliseconds: 151.2, share: 151.2 / 2024.118),
    observations: ["The outer side was expected to give 100 rows and gave 4,200."],
    comparisons: [Comparison("Outer rows", estimated: 100, actual: 4200)],
    cause: Cause(
      ["The join method was chosen for 100 outer rows."], basis: .unverified,
      falsifier: "the same plan is chosen after ANALYZE",
      check: "SELECT count(*) FROM public.orders WHERE status = 'pending';"),
    explainedBy: stale.key, key: ProblemKey("NestedLoopAmplification", "public.orders"))

  static let minor = Finding(
    rule: "SortSpill", title: "Sort", blamedNodes: [0], impact: Impact(milliseconds: 9.8, share: 0.0048),
    observations: [], cause: Cause([], basis: .inferredFromPlan, falsifier: "never"),
    key: ProblemKey("SortSpill", "Sort"))

  static let findings = RankedFindings(
    findings: [
      RankedFinding(number: 1, finding: scan, severity: .critical),
      RankedFinding(number: 2, finding: stale, severity: .moderate),
      RankedFinding(number: 3, finding: loop, severity: .moderate, consequenceOf: 2),
    ], minor: [minor], ruledOut: ["HashBatches", "UnindexedInner"],
    gaps: [
      EvidenceGap(
        missing: "CorrelatedPredicates on public.orders",
        reason: "the conjunction was not counted: budget used up")
    ])

  static let experiments = ExperimentSection.done(
    ExperimentTable(
      variants: [
        ExperimentVariant(name: "Default", settings: [], outcome: .completed(warm)),
        ExperimentVariant(
          name: "Merge Join Only",
          settings: [
            PlanProperty("enable_hashjoin", "off"), PlanProperty("enable_nestloop", "off"),
            PlanProperty("enable_mergejoin", "on"),
          ], outcome: .completed(mergeJoin)),
        ExperimentVariant(
          name: "No Sequential Scan", settings: [PlanProperty("enable_seqscan", "off")],
          outcome: .failed(message: "ERROR:  canceling statement due to lock timeout")),
      ], capturedTime: 2024.118, untimedExecution: 1602.5, untried: ["Hash Join Only: budget used up"]))

  static let warm: ExplainedPlan = {
    var plan = OrdersReport.plan
    plan.executionTime = 1790.334
    return plan
  }()

  static let mergeJoin: ExplainedPlan = {
    var plan = OrdersReport.plan
    plan.nodes[1].type = NodeType("Merge Join")
    plan.executionTime = 2411.02
    return plan
  }()

  static let evidence: EvidenceBook = {
    var table = RelationStatistics(name: orders)
    table.relTuples = 25_000
    table.relPages = 321
    table.currentPages = 13_462
    table.relAllVisible = 0
    table.modifiedSinceAnalyze = 1_025_000
    table.deadTuples = 12
    table.lastAnalyze = "2026-08-01 02:11:09+00"
    var small = RelationStatistics(name: customers)
    small.relTuples = 10_000
    small.relPages = 94
    small.currentPages = 94
    small.relAllVisible = 94
    small.lastAnalyze = "2026-10-01 02:11:09+00"
    small.lastVacuum = "2026-10-01 02:11:09+00"
    return EvidenceBook(
      relations: [
        RelationEvidence(
          statistics: table,
          columns: [
            ColumnStatistics(
              name: "status", type: "text", isNotNull: true,
              distribution: ColumnDistribution(
                nullFrac: 0, nDistinct: 4, avgWidth: 8, mostCommonValues: ["shipped", "new|old", "pending"],
                mostCommonFrequencies: [0.91, 0.0853, 0.0047], correlation: 0.1234)),
            ColumnStatistics(
              name: "created_at", type: "timestamp with time zone", isNotNull: true,
              distribution: ColumnDistribution(
                nullFrac: 0, nDistinct: -0.98, avgWidth: 8, histogramBounds: ["2024-01-01", "2026-01-01"],
                correlation: 0.99)),
          ],
          indexes: [
            IndexDefinition(
              name: "orders_pkey",
              definition: "CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)",
              keys: [IndexKey("id")], isUnique: true, isPrimary: true, sizeBytes: 23_592_960)
          ], rowCount: CountedRows(1_050_000),
          predicateCounts: [
            PredicateCount(predicates: ["(o.status = 'pending'::text)"], rows: 4201),
            PredicateCount(
              predicates: ["(o.status = 'pending'::text)", "(o.note <> 'a -- b --> c'::text)"], rows: 4200),
          ]),
        RelationEvidence(
          statistics: small,
          columns: [ColumnStatistics(name: "id", type: "bigint", isNotNull: true)],
          indexes: [
            IndexDefinition(
              name: "customers_pkey",
              definition: "CREATE UNIQUE INDEX customers_pkey ON public.customers USING btree (id)",
              keys: [IndexKey("id")], isUnique: true, isPrimary: true, sizeBytes: 245_760)
          ], rowCount: CountedRows(10_000)),
      ],
      settings: [
        PlannerSetting(name: "work_mem", value: "65536", unit: "kB", isDefault: false),
        PlannerSetting(name: "effective_cache_size", value: "524288", unit: "8kB"),
        PlannerSetting(name: "geqo_seed", value: "0"),
      ],
      gaps: [
        EvidenceGap(
          missing: "distinct values of public.customers.id", reason: "permission denied for table customers",
          query: "SELECT count(DISTINCT id) FROM public.customers;")
      ])
  }()

  static let report = DiagnosticReport(
    statement: ReportedStatement(original: statement), plan: plan, planText: planText, capture: .live,
    engine: .postgres,
    server: ServerIdentity(
      version: "PostgreSQL 15.18 (Debian 15.18-1)", versionNumber: 150018, database: "shop", role: "app",
      engine: .postgres),
    findings: findings, experiments: experiments, evidence: evidence, capturedAt: "2026-10-12 03:14:07 UTC",
    plandxVersion: "1.0.0", fileName: "slow orders.md")
}
