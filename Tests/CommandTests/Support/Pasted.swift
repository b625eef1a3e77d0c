/// Plans as people paste them.
enum Pasted {
  /// Over 30 seconds, from psql.
  static let slowJoin = """
                                                     QUERY PLAN
    -------------------------------------------------------------------------------------------------------
     Hash Join  (cost=379.50..1332.02 rows=215 width=36) (actual time=1.143..45182.076 rows=215 loops=1)
       Output: o.id, c.region
       Hash Cond: (o.customer_id = c.id)
       ->  Seq Scan on public.orders o  (cost=0.00..896.00 rows=200 width=8) (actual time=0.008..45000.455 rows=215 loops=1)
             Output: o.id, o.customer_id, o.status
             Filter: (o.status = 'open'::text)
             Rows Removed by Filter: 19785
       ->  Hash  (cost=377.00..377.00 rows=2000 width=36) (actual time=1.114..1.115 rows=2000 loops=1)
             Output: c.id, c.region
             Buckets: 2048  Batches: 1  Memory Usage: 116kB
             ->  Seq Scan on public.customers c  (cost=0.00..377.00 rows=2000 width=36) (actual time=0.004..1.094 rows=2000 loops=1)
                   Output: c.id, c.region
     Planning Time: 0.092 ms
     Execution Time: 45182.117 ms
    (14 rows)

    """

  /// Aurora DSQL's storage filter throws nearly every row away.
  static let dsqlFullScan = """
    Limit  (cost=104.92..104.93 rows=5 width=36) (actual time=812.647..812.649 rows=5 loops=1)
      ->  Sort  (cost=104.92..104.93 rows=6 width=36) (actual time=812.646..812.647 rows=5 loops=1)
            Sort Key: created_at DESC
            Sort Method: quicksort  Memory: 25kB
            ->  Full Scan (btree-table) on public.transactions  (cost=100.76..104.84 rows=6 width=36) (actual time=0.578..812.637 rows=6 loops=1)
                  -> Storage Scan on public.transactions (cost=100.76..104.84 rows=6 width=36) (actual rows=6 loops=1)
                      Projections: id, payer_id, payee_id, amount, created_at
                      Filters: (payer_id = 1)
                      Rows Filtered: 999994
                      -> B-Tree Scan on public.transactions (cost=100.76..104.84 rows=6 width=36) (actual rows=1000000 loops=1)
    Planning Time: 0.121 ms
    Execution Time: 812.679 ms

    """
}
