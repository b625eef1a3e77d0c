import Catalog
import Diagnosis
import PlanModel

@testable import Reporting

/// PostgreSQL, live: nothing to find.
enum HealthyReport {
  static let planText = """
    Index Scan using orders_pkey on public.orders  (cost=0.42..8.44 rows=1 width=64) (actual time=0.021..0.022 rows=1 loops=1)
      Output: id, total
      Index Cond: (orders.id = 42)
      Buffers: shared hit=4
    Planning Time: 0.104 ms
    Execution Time: 0.041 ms
    """

  static let report = DiagnosticReport(
    statement: ReportedStatement(original: "SELECT id, total FROM orders WHERE id = 42;"),
    plan: readPlan(planText),
    planText: planText, capture: .live, engine: .postgres,
    server: ServerIdentity(
      version: "PostgreSQL 15.18 (Debian 15.18-1)", versionNumber: 150018, database: "shop", role: "app",
      engine: .postgres, isInRecovery: true, rowSecurity: true),
    findings: RankedFindings(
      findings: [], ruledOut: ["FullScanFilterWaste", "SortSpill", "StaleStatistics"]),
    experiments: .skipped(.noJoin), capturedAt: "2026-10-12 03:14:07 UTC", plandxVersion: "1.0.0",
    fileName: "healthy.md")
}

/// PostgreSQL, live: an UPDATE whose SELECT takes longer than trials may, with a parallel plan.
enum LongUpdateReport {
  static let statement =
    "UPDATE events e SET state = 'done' FROM jobs j WHERE j.id = e.job_id AND j.closed -- nightly"
  static let select =
    "SELECT e.ctid, j.ctid, 'done' FROM jobs j, events e WHERE j.id = e.job_id AND j.closed -- nightly"

  static let planText = """
    Hash Join  (cost=2101.00..981213.10 rows=1200000 width=44) (actual time=88.101..45190.220 rows=1184310 loops=1)
      Output: e.ctid, j.ctid, 'done'::text
      Hash Cond: (e.job_id = j.id)
      ->  Seq Scan on public.events e  (cost=0.00..812001.00 rows=48000000 width=14) (actual time=0.030..39120.774 rows=48000000 loops=1)
            Output: e.ctid, e.job_id
      ->  Hash  (cost=1976.00..1976.00 rows=10000 width=14) (actual time=87.900..87.902 rows=9871 loops=1)
            Output: j.ctid, j.id
            Buckets: 16384  Batches: 1  Memory Usage: 591kB
            ->  Seq Scan on public.jobs j  (cost=0.00..1976.00 rows=10000 width=14) (actual time=0.011..84.512 rows=9871 loops=1)
                  Output: j.ctid, j.id
                  Filter: j.closed
                  Rows Removed by Filter: 90129
    Planning Time: 0.402 ms
    JIT:
      Functions: 14
      Options: Inlining true, Optimization true, Expressions true, Deforming true
      Timing: Generation 2.100 ms, Inlining 30.204 ms, Optimization 190.700 ms, Emission 101.300 ms, Total 324.304 ms
    Execution Time: 45213.900 ms
    """

  static let join = Finding(
    rule: "HighLoopLookups", title: "Hash join reads all 48,000,000 rows of public.events to keep 1,184,310",
    blamedNodes: [1], impact: Impact(milliseconds: 39120.774, share: 39120.774 / 45213.9),
    observations: ["The scan of `public.events` alone takes 39,121 ms."],
    comparisons: [Comparison("Rows of the join", estimated: 1_200_000, actual: 1_184_310)],
    cause: Cause(
      ["No index of `public.events` leads with `job_id`, the join key."], basis: .supportedByCatalog,
      falsifier:
        "more than a quarter of the table's pages hold wanted rows; then a full scan is the faster way"),
    remedies: [
      Remedy(
        .createIndex(
          IndexProposal(
            table: QualifiedName(schema: "public", name: "events"), keys: [IndexKey("job_id")],
            partitions: [
              QualifiedName(schema: "public", name: "events_2025"),
              QualifiedName(schema: "public", name: "Events 2026"),
            ])),
        rationale: "An index on the join key lets the server read only the events of closed jobs.",
        expectation: .computed(upTo: 30100, from: "1,184,310 of 48,000,000 rows, Node Duration 39,121 ms"))
    ], key: ProblemKey("HighLoopLookups", "public.events"))

  static let report = DiagnosticReport(
    statement: ReportedStatement(
      original: statement, ran: select, kind: .update,
      notes: ["Compared with EXPLAIN of the UPDATE itself: same nodes, relations, conditions and total cost."]
    ),
    plan: readPlan(planText), planText: planText, capture: .live, engine: .postgres,
    server: ServerIdentity(
      version: "PostgreSQL 15.18 (Debian 15.18-1)", versionNumber: 150018, database: "shop", role: "batch",
      engine: .postgres),
    findings: RankedFindings(
      findings: [RankedFinding(number: 1, finding: join, severity: .critical)], ruledOut: ["JITDominates"]),
    experiments: .skipped(.overLimit(seconds: 45.2139, limit: 30)),
    evidence: EvidenceBook(gaps: [
      EvidenceGap(missing: "row count of public.events", reason: "over the budget of 60 s; reltuples is used")
    ]), capturedAt: "2026-10-12 03:14:07 UTC", plandxVersion: "1.0.0", fileName: "reports/update.md")
}

/// PostgreSQL, live: the capture was stopped, so there are estimates only.
enum TimedOutReport {
  static let planText = """
    Aggregate  (cost=912001.00..912001.01 rows=1 width=8)
      Output: count(*)
      ->  Seq Scan on public.events  (cost=0.00..812001.00 rows=40000000 width=0)
            Output: id, job_id, state
            Filter: (events.state = 'open'::text)
    """

  static let scan = Finding(
    rule: "FullScanFilterWaste", title: "Full scan of public.events is most of the estimated cost",
    blamedNodes: [1],
    impact: Impact(milliseconds: nil, share: 812001.0 / 912001.01),
    observations: ["The planner expects the scan to cost 812,001 of 912,001."],
    cause: Cause(
      ["No run was measured, so neither rows nor times are known."], basis: .inferredFromPlan,
      falsifier: "a measured run spends its time elsewhere"),
    noRemedy: "Nothing is advised on estimates alone: `state = 'open'` is expected to keep 83% of the table.",
    key: ProblemKey("FullScanFilterWaste", "public.events"))

  static let report = DiagnosticReport(
    statement: ReportedStatement(original: "SELECT count(*) FROM events WHERE state = 'open'"),
    plan: readPlan(planText),
    planText: planText, capture: .timedOut(limit: 300), engine: .postgres,
    server: ServerIdentity(
      version: "PostgreSQL 15.18 (Debian 15.18-1)", versionNumber: 150018, database: "shop", role: "app",
      engine: .postgres),
    findings: RankedFindings(findings: [RankedFinding(number: 1, finding: scan, severity: .critical)]),
    experiments: .skipped(.captureTimedOut(limit: 300, experimentLimit: 30)),
    capturedAt: "2026-10-12 03:14:07 UTC",
    plandxVersion: "1.0.0")
}

/// PostgreSQL, pasted: an INSERT without costs, so there is neither a figure nor a table to ask about.
enum BareInsertReport {
  static let planText = """
    Insert on public.test_table
      ->  Values Scan on "*VALUES*"
            Output: "*VALUES*".column1, "*VALUES*".column2
    """

  static let report = DiagnosticReport(
    statement: ReportedStatement(original: nil), plan: readPlan(planText), planText: planText,
    capture: .offline,
    engine: .postgres, findings: RankedFindings(findings: [], ruledOut: ["FullScanFilterWaste"]),
    experiments: .skipped(.offline),
    evidence: EvidenceBook(gaps: [EvidenceGap(missing: "catalog evidence", reason: "a pasted plan")]),
    evidenceSQL: "", plandxVersion: "1.0.0")
}
