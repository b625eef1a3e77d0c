import PlanModel

@testable import Reporting

/// PostgreSQL, live, with the plan of the same statement that was pasted: a generic plan of another shape,
/// out of a log, from a server with other settings.
enum PastedReport {
  static let pastedText = """
    Sort  (cost=31000.00..31050.00 rows=20000 width=44) (actual time=510.000..511.000 rows=4200 loops=1)
      Sort Key: o.created_at
      Sort Method: quicksort  Memory: 512kB
      ->  Hash Join  (cost=300.00..29000.00 rows=20000 width=44) (actual time=9.000..500.000 rows=4200 loops=1)
            Hash Cond: (o.customer_id = c.id)
            ->  Seq Scan on orders o  (cost=0.00..27700.00 rows=20000 width=28) (actual time=0.300..420.000 rows=4200 loops=1)
                  Filter: ((note <> 'a -- b --> c'::text) AND (status = $1))
                  Rows Removed by Filter: 1045800
            ->  Hash  (cost=200.00..200.00 rows=10000 width=24) (actual time=8.000..8.000 rows=10000 loops=1)
                  Buckets: 16384  Batches: 1  Memory Usage: 700kB
                  ->  Seq Scan on customers c  (cost=0.00..200.00 rows=10000 width=24) (actual time=0.010..4.000 rows=10000 loops=1)
    Settings: work_mem = '4MB', random_page_cost = '1.1'
    Query Identifier: -4467829837465123
    Planning Time: 0.400 ms
    Execution Time: 512.500 ms
    """

  static let report = report(pastedText, notes: ["line 3 was joined to the one above"])

  static func report(_ text: String, notes: [String] = []) -> DiagnosticReport {
    var report = OrdersReport.report
    report.pasted = PastedPlan(plan: readPlan(text), text: text, notes: notes)
    return report
  }
}
