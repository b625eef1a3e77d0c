import Catalog
import Diagnosis
import PlanModel

@testable import Reporting

/// Aurora DSQL, a pasted plan without its statement and without evidence.
enum AccountReport {
  static let planText = """
    Full Scan (btree-table) on public.transaction  (cost=125100.05..177933.38 rows=33333 width=16) (actual time=12.402..431.118 rows=212 loops=1)
      Output: account_id
      Filter: (transaction.description ~~ '%external%'::text)
      Rows Removed by Filter: 98540
      -> Storage Scan on transaction (cost=125100.05..177933.38 rows=66666 width=16) (actual rows=98752 loops=1)
          Projections: account_id, description
          Filters: (transaction_date > '2025-01-01 00:00:00'::timestamp without time zone)
          Rows Filtered: 501248
          -> B-Tree Scan on transaction (cost=125100.05..177933.38 rows=100000 width=30) (actual rows=600000 loops=1)
    Query Identifier: dgrwqzcrwg49h
    Planning Time: 9.205 ms
    Execution Time: 431.960 ms
    Statement DPU Estimate:
      Compute: 0.43120 DPU
      Read: 2.19726 DPU
      Write: 0.00000 DPU
      Total: 2.62846 DPU
    """

  static let table = QualifiedName(schema: "public", name: "transaction")

  static let scan = Finding(
    rule: "FullScanFilterWaste",
    title: "Full scan of public.transaction discards over 99.9% of the rows it reads",
    blamedNodes: [0], impact: Impact(milliseconds: 431.118, share: 431.118 / 431.96),
    observations: [
      "Storage read 600,000 rows and sent 98,752; the query processor kept 212 of them.",
      "A storage filter saves transfer, not reading: all 600,000 rows are billed as Read DPU.",
    ],
    measurements: [
      Measurement("rows read", 600_000, source: "B-Tree Scan, actual rows"),
      Measurement("rows filtered in storage", 501_248, source: "Rows Filtered"),
      Measurement("Read DPU", 2.19726, unit: "DPU", source: "Statement DPU Estimate, Read"),
    ],
    cause: Cause(
      [
        "The plan reads the table itself, so no index bounded the read. Whether one could is not known: the indexes were not read."
      ],
      basis: .unverified, falsifier: "an index that leads with `transaction_date` exists",
      check: "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'transaction';"),
    remedies: [
      Remedy(
        .createIndex(
          IndexProposal(
            table: table, keys: [IndexKey("transaction_date")],
            includedColumns: ["account_id", "description"])),
        rationale:
          "A range on `transaction_date` bounds what storage reads, and the included columns spare a lookup per row.",
        expectation: .unknown(
          direction: "less Read DPU and a shorter scan", missing: "the row counts of public.transaction"))
    ], key: ProblemKey("FullScanFilterWaste", "public.transaction"))

  static let report = DiagnosticReport(
    statement: ReportedStatement(original: nil), plan: readPlan(planText), planText: planText,
    capture: .offline,
    engine: .dsql,
    findings: RankedFindings(
      findings: [RankedFinding(number: 1, finding: scan, severity: .critical)], ruledOut: ["HighLoopLookups"],
      gaps: [EvidenceGap(missing: "StaleStatistics", reason: "no statistics of public.transaction")]),
    experiments: .skipped(.offline),
    evidence: EvidenceBook(gaps: [
      EvidenceGap(
        missing: "statistics and indexes of public.transaction", reason: "offline: no database was asked")
    ]),
    evidenceSQL: """
      SELECT reltuples, relpages FROM pg_class WHERE oid = 'public.transaction'::regclass;
      SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'transaction';
      """,
    plandxVersion: "1.0.0")
}

/// Aurora DSQL, live: storage lookups that report more rows than there are, and a support request.
enum AnomalyReport {
  static let statement =
    "SELECT o.id, o.total FROM orders o WHERE o.region = 'eu-west-1' AND o.total > 4711.25 AND o.note LIKE 'top secret%'"

  static let planText = """
    Index Scan using orders_region_idx on public.orders o  (cost=412.53..500.43 rows=850 width=172) (actual time=3.120..88.402 rows=1200 loops=1)
      Output: id, total
      Filter: ((total > 4711.25) AND (note ~~ 'top secret%'::text))
      Rows Removed by Filter: 48800
      Index Cond: (region = 'eu-west-1'::text)
      -> Storage Scan on orders_region_idx (cost=412.53..500.43 rows=850 width=172) (actual rows=50000 loops=1)
          -> B-Tree Scan on orders_region_idx (cost=412.53..500.43 rows=850 width=172) (actual rows=50000 loops=1)
              Index Cond: (region = 'eu-west-1'::text)
      -> Storage Lookup on orders (cost=412.53..500.43 rows=850 width=172) (actual rows=1844674407370 loops=50000)
          Projections: id, total, note
          -> B-Tree Lookup on orders (cost=412.53..500.43 rows=850 width=172) (actual rows=1844674407370 loops=50000)
    Query Identifier: qymgw1m77maoe
    Planning Time: 11.415 ms
    Execution Time: 88.528 ms
    Statement DPU Estimate:
      Compute: 0.08860 DPU
      Read: 0.31200 DPU
      Write: 0.00000 DPU
      Total: 0.40060 DPU
    """

  static let table = QualifiedName(schema: "public", name: "orders")

  static let bug = Finding(
    rule: "AnomalousRows", title: "Storage Lookup on orders reports more rows than the table holds",
    blamedNodes: [3], impact: .none,
    observations: [
      "The node reports 1,844,674,407,370 rows in each of 50,000 loops; the table holds 600,000."
    ],
    measurements: [
      Measurement("rows per loop", 1_844_674_407_370, source: "actual rows"),
      Measurement("rows in the table", 600_000, source: "count(*)"),
    ],
    cause: Cause(
      [
        "No run can return more rows than exist, so the figure itself is wrong: a fault in how the row counts of storage nodes are reported."
      ],
      basis: .supportedByCatalog, falsifier: "the table held more rows when the plan was captured"),
    remedies: [
      Remedy(
        .reportBug, rationale: "Send the support request below; nothing needs to be changed in the database.",
        expectation: .unknown(
          direction: "correct figures in EXPLAIN, not a faster query",
          missing: "a time that the wrong figures would cost"))
    ], key: ProblemKey("AnomalousRows", "public.orders"))

  static let evidence: EvidenceBook = {
    var statistics = RelationStatistics(name: table)
    statistics.relTuples = 600_000
    statistics.relPages = 9_412
    return EvidenceBook(relations: [
      RelationEvidence(
        statistics: statistics,
        columns: [
          ColumnStatistics(
            name: "region", type: "text", isNotNull: true,
            distribution: ColumnDistribution(
              nullFrac: 0, nDistinct: 12, avgWidth: 9, mostCommonValues: ["eu-west-1", "us-east-1"],
              mostCommonFrequencies: [0.0833, 0.081], histogramBounds: ["ap-south-1", "us-west-2"]))
        ],
        indexes: [
          IndexDefinition(
            name: "orders_region_idx",
            definition:
              "CREATE INDEX orders_region_idx ON public.orders USING btree_index (region) WHERE (note <> 'hidden value'::text)",
            accessMethod: "btree_index", keys: [IndexKey("region")],
            predicate: "(note <> 'hidden value'::text)")
        ], rowCount: CountedRows(600_000))
    ])
  }()

  static let report = DiagnosticReport(
    statement: ReportedStatement(original: statement), plan: readPlan(planText), planText: planText,
    capture: .live,
    engine: .dsql,
    server: ServerIdentity(
      version: "PostgreSQL 16", versionNumber: 160000, database: "postgres", role: "reader", engine: .dsql),
    findings: RankedFindings(
      findings: [RankedFinding(number: 1, finding: bug, severity: .bugReport)],
      ruledOut: ["FullScanFilterWaste", "ReadDPUDominates"]),
    experiments: .skipped(.noJoin), evidence: evidence, resultCount: .counted(1200),
    capturedAt: "2026-10-12 03:14:07 UTC", plandxVersion: "1.0.0", fileName: "anomaly.md")
}
