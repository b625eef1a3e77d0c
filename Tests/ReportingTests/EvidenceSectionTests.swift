import Catalog
import Diagnosis
import Testing

@testable import Reporting

/// What the report says of evidence beside tables, columns and indexes.
@Suite struct EvidenceSectionTests {
  private func report(_ change: (inout EvidenceBook) -> Void) throws -> String {
    var report = OrdersReport.report
    change(&report.evidence)
    return try MarkdownReport().text(of: report)
  }

  @Test func listsWhatTheCatalogsKnowBeside() throws {
    let text = try report { book in
      book.relations[0].extendedStatistics = [
        ExtendedStatistics(
          name: "public.places", columns: ["city", "zip"], distinct: [["city", "zip"]: 100],
          dependencies: [FunctionalDependency(from: ["city"], to: "zip", degree: 1)])
      ]
      book.relations[0].foreignKeys = [
        ForeignKeyConstraint(
          name: "orders_customer", table: OrdersReport.orders, columns: ["customer_id"],
          referencedTable: OrdersReport.customers, referencedColumns: ["id"], rows: 25_000, isIndexed: false)
      ]
      book.functions = [
        FunctionEvidence(
          name: QualifiedName(schema: "public", name: "f"), arguments: "integer", rows: 1_000, cost: 100,
          volatility: .volatile, language: "plpgsql", isParallelSafe: false)
      ]
      book.database = DatabaseFacts(collation: "en_US.UTF-8", extensions: ["plpgsql"])
    }
    for line in [
      "| `public.orders` | `public.places` | `city`, `zip` | `city`, `zip`: 100 | `city` → `zip` 1 | none |",
      "| `orders_customer` | `public.orders (customer_id)` | `public.customers (id)` | 25,000 | no |",
      "| `public.f(integer)` | plpgsql | volatile | 1,000 | 100 | no | no |", "| Collation | `en_US.UTF-8` |",
    ] {
      #expect(text.contains(line), "\(line)")
    }
  }

  @Test func setsCountedValuesBesideTheStatistics() throws {
    let text = try report { book in
      book.relations[0].distinctCounts = [DistinctCount(["status"], 3), DistinctCount(["city", "zip"], 70)]
      book.relations[0].frequentValues = [
        FrequentValues(
          column: "status", values: [.init("brand new", rows: 105_000), .init(nil, rows: 10_500)])
      ]
      book.counting = CountingBudget(seconds: 10, spent: 0.4, connections: 3)
    }
    #expect(text.contains("| `public.orders` | `city`, `zip` | 70 | no extended statistics |"))
    #expect(text.contains("| `public.orders.status` | `brand new` | 105,000 |"))
    #expect(text.contains("took 0.4s on 3 connections of a budget of 10s"))
  }

  // MARK: Is this run typical?

  /// The captured run took 2,024 ms.
  private func history(mean: Double, deviation: Double, calls: Double = 2_880, days: Double? = 2) throws
    -> String
  {
    try report { book in
      book.history = StatementHistory(
        queryIdentifier: "1", calls: calls, meanTime: mean, deviation: deviation, leastTime: mean / 2,
        mostTime: mean + 2 * deviation, rows: calls * 7, since: "2026-11-01 00:00:00+00", days: days)
    }
  }

  @Test(arguments: [
    (2_000.0, 10.0, "typical"), (2_000, 8.1, "typical"), (2_000, 8.0, "an outlier, slower"),
    (2_100, 25, "an outlier, faster"),
    (2_100, 26, "typical"),
  ])
  func saysWhetherTheRunIsAnOutlier(_ mean: Double, _ deviation: Double, _ words: String) throws {
    #expect(try history(mean: mean, deviation: deviation).contains("| This run | \(words)"))
  }

  @Test func doesNotJudgeByAFewCalls() throws {
    let text = try history(mean: 10, deviation: 1, calls: 9)
    #expect(text.contains("| This run | too few earlier calls"))
  }

  @Test func saysWhatAFixIsWorthPerDay() throws {
    let text = try history(mean: 2_000, deviation: 10)
    #expect(text.contains("| Earlier executions | 2,880 calls since 2026-11-01 00:00:00+00: mean 2,000 ms"))
    // 1,440 calls a day, of which the scan is 1,842.317 of 2,024.118 ms.
    #expect(text.contains("| Worth of a fix per day | Finding 1 up to 2,621,"))
    #expect(try !history(mean: 2_000, deviation: 10, days: 0.04).contains("Worth of a fix"))
    #expect(try !report { _ in }.contains("| Earlier executions |"))
  }
}
