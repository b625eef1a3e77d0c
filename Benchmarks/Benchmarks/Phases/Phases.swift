import Benchmark
import PlanModel
import PlanReading
import Statements

/// What plandx itself takes before and after it waits for a server.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(metrics: [.wallClock, .throughput], maxDuration: .seconds(3))

  for (name, sql) in [
    ("a join", SampleStatements.join), ("200 columns and 50 tables", SampleStatements.wide),
  ] {
    Benchmark("admit \(name)") { benchmark in
      for _ in benchmark.scaledIterations {
        blackHole(try Admission.admit(StatementText(sql)))
      }
    }
  }

  for nodes in [20, 200, 5_000] {
    let text = SamplePlans.text(nodes: nodes)
    Benchmark("read \(nodes) nodes") { benchmark in
      for _ in benchmark.scaledIterations {
        blackHole(try PlanReader.read(text))
      }
    }
    Benchmark("arithmetic of \(nodes) nodes") { benchmark in
      let plan = try PlanReader.read(text).plan
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        blackHole(PlanTimings(plan))
        blackHole(plan.estimationErrors())
        blackHole(plan.originsOfError())
      }
    }
  }
}

/// Statements to be admitted.
enum SampleStatements {
  static let join = """
    SELECT c.name, o.placed_at, o.total FROM orders o JOIN customers c ON c.id = o.customer_id
    WHERE o.status = 'returned' AND o.placed_at >= date '2026-01-01' ORDER BY o.placed_at DESC LIMIT 20
    """

  /// As mappers write them: every column by name, every table joined.
  static let wide: String = {
    let columns = (0..<200).map { "t\($0 % 50).column_\($0) AS t\($0 % 50)_column_\($0)" }
    let joins = (1..<50).map { "LEFT JOIN table_\($0) t\($0) ON t\($0).id = t\($0 - 1).parent_id" }
    let list = columns.joined(separator: ", ")
    return "SELECT \(list) FROM table_0 t0 \(joins.joined(separator: " ")) WHERE t0.id = 42"
  }()
}

/// Plans of a wanted size, in EXPLAIN's text form.
enum SamplePlans {
  /// An Append over nested loops of two index scans each, as partitioned tables give them.
  static func text(nodes: Int) -> String {
    let groups = max(1, (nodes - 1) / 3)
    let head = "Append  (cost=0.00..\(groups * 100).00 rows=\(groups * 10) width=36) "
    let body = (0..<groups).map(group).joined(separator: "\n")
    return head
      + "(actual time=0.010..\(groups).000 rows=\(groups * 10) loops=1)\n\(body)\nPlanning Time: 0.500 ms\n"
      + "Execution Time: \(groups).500 ms"
  }

  private static func group(_ number: Int) -> String {
    """
      ->  Nested Loop  (cost=0.43..99.00 rows=10 width=36) (actual time=0.010..0.990 rows=10 loops=1)
            Output: p\(number).id, p\(number).placed_at, c.name
            Buffers: shared hit=42 read=3
            ->  Index Scan using orders_p\(number)_pkey on public.orders_p\(number) p\(number)  (cost=0.43..8.45 rows=10 width=20) (actual time=0.008..0.100 rows=10 loops=1)
                  Output: p\(number).id, p\(number).placed_at, p\(number).customer_id
                  Index Cond: (p\(number).id = ANY ('{1,2,3}'::bigint[]))
                  Filter: (p\(number).status = 'open'::text)
                  Rows Removed by Filter: 12
                  Buffers: shared hit=12 read=3
            ->  Index Scan using customers_pkey on public.customers c  (cost=0.29..8.31 rows=1 width=20) (actual time=0.004..0.080 rows=1 loops=10)
                  Output: c.id, c.name, c.region
                  Index Cond: (c.id = p\(number).customer_id)
                  Buffers: shared hit=30
    """
  }
}
