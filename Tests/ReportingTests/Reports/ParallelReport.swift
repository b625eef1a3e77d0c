import Catalog
import Diagnosis
import PlanModel

@testable import Reporting

/// PostgreSQL, pasted: processes that share a plan, one of which ran a part alone, and readers that share a CTE.
enum ParallelReport {
  static let planText = """
    Hash Join  (cost=3180.00..3190.00 rows=1 width=8) (actual time=352.000..411.500 rows=9 loops=1)
      Hash Cond: (a.n = b.n)
      CTE c
        ->  Seq Scan on totals  (cost=0.00..12.00 rows=9 width=8) (actual time=0.010..80.100 rows=9 loops=1)
      ->  Nested Loop  (cost=1.00..3100.00 rows=9 width=8) (actual time=90.000..302.000 rows=9 loops=1)
            ->  CTE Scan on c a  (cost=0.00..0.18 rows=9 width=8) (actual time=0.020..82.000 rows=9 loops=1)
            ->  Gather  (cost=0.00..3155.12 rows=30 width=4) (actual time=6.000..24.000 rows=30 loops=9)
                  Workers Planned: 2
                  Workers Launched: 2
                  ->  Nested Loop  (cost=0.00..3155.12 rows=10 width=4) (actual time=5.000..21.000 rows=10 loops=27)
                        ->  Parallel Append  (cost=0.00..900.00 rows=10 width=4) (actual time=1.000..4.000 rows=10 loops=27)
                              ->  Seq Scan on part_1  (cost=0.00..450.00 rows=5 width=4) (actual time=1.000..6.000 rows=15 loops=9)
                              ->  Seq Scan on part_2  (cost=0.00..450.00 rows=5 width=4) (actual time=1.000..5.000 rows=15 loops=9)
                        ->  Index Scan using item_pkey on item  (cost=0.28..8.29 rows=1 width=4) (actual time=1.600..1.700 rows=1 loops=270)
                              Index Cond: (id = part_1.item)
      ->  Hash  (cost=0.18..0.18 rows=9 width=8) (actual time=100.000..101.000 rows=9 loops=1)
            ->  CTE Scan on c b  (cost=0.00..0.18 rows=9 width=8) (actual time=0.010..100.500 rows=9 loops=1)
                  Filter: slow(b.n)
    Planning Time: 0.300 ms
    Execution Time: 412.000 ms
    """

  static let report = DiagnosticReport(
    statement: ReportedStatement(original: nil), plan: readPlan(planText), planText: planText,
    capture: .offline, engine: .postgres, server: nil,
    findings: RankedFindings(findings: [], ruledOut: ["FullScanFilterWaste"]),
    experiments: .skipped(.offline),
    plandxVersion: "1.0.0", fileName: "parallel.md")
}
