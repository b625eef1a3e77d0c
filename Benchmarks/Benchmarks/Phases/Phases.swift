import Benchmark
import PlanModel
import PlanReading
import SamplePlans
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
