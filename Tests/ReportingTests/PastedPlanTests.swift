import PlanModel
import PlanReading
import Testing

@testable import Reporting

@Suite struct PastedPlanTests {
  @Test func saysNothingWhereNothingWasPasted() throws {
    #expect(!(try MarkdownReport().text(of: OrdersReport.report)).contains("asted plan"))
  }

  @Test func saysThatThePlansDoNotDiffer() throws {
    let text = try section(OrdersReport.planText)
    #expect(text.contains("**No difference:** all that both plans print"))
    #expect(text.contains("| Execution Time | 2,024.118 ms | 2,024.118 ms | same |"))
    #expect(!text.contains("| Node"))
  }

  /// What the section says of a plan that differs from the captured one in one thing.
  @Test(arguments: [
    (
      "rows=100 width=28", "rows=5 width=28",
      "| Estimated rows | `Seq Scan on public.orders o` | 5 | 100 | 20.0x more |"
    ),
    ("2024.118 ms", "101.206 ms", "| Execution Time | 101.206 ms | 2,024.118 ms | 20.0x more |"),
    ("work_mem = '64MB'", "work_mem = '4MB'", "| `work_mem` | `4MB` | `64MB` |"),
    ("work_mem = '64MB', ", "", "| `work_mem` | built-in default | `64MB` |"),
    (
      "Settings: work_mem = '64MB', random_page_cost = '1.1'\n", "",
      "- Settings: the pasted plan prints none: it was made without SETTINGS, or no setting"
    ),
    (
      "'pending'", "'open'",
      "| `public.orders o` | `(o.status = 'open'::text)` | `(o.status = 'pending'::text)` |"
    ),
    (
      "customers_pkey", "customers_name",
      "| `Index Scan using customers_name on public.customers c` | `Index Scan using customers_pkey on public.customers c` |"
    ),
    (
      "Nested Loop", "Merge Join",
      "**Another shape:** the plans first differ where `Sort → Merge Join` (pasted) became `Sort → Nested Loop` (captured)."
    ),
    ("-4467829837465123", "7", "The Query Identifiers differ (pasted `7`, captured `-4467829837465123`)"),
    (
      "0.320..1842.317", "0.320..1000.000",
      "| Own time | `Seq Scan on public.orders o` | 1,000 ms | 1,842 ms | 84.2% more |"
    ),
  ])
  func tellsWhatDiffers(_ printed: String, _ pasted: String, _ line: String) throws {
    let text = try section(OrdersReport.planText.replacing(printed, with: pasted))
    #expect(text.contains(line), "\(text)")
    #expect(text.contains("No difference") == line.hasPrefix("- Settings"))
  }

  @Test func comparesNothingOfAnotherStatement() throws {
    let text = try section("Seq Scan on parcels  (cost=0.00..1.00 rows=1 width=4)")
    #expect(
      text.contains(
        "**Not compared: no relation in common.** The pasted plan reads `parcels`, the captured one `public.orders`, `public.customers`: the pasted plan is not this statement's"
      ))
    #expect(!text.contains("\n|"))
    #expect(text.contains("### Pasted plan\n\n```text\nSeq Scan on parcels"))
  }

  @Test func listsTheLargestDifferencesAndCountsTheRest() throws {
    let plan = { (rows: Int) in
      "Append  (cost=0.00..1.00 rows=1 width=4)\n"
        + (1...30).map { "  ->  Seq Scan on p\($0) p_\($0)  (cost=0.00..1.00 rows=\($0 * rows) width=4)\n" }
        .joined()
    }
    var report = PastedReport.report(plan(1))
    report.plan = readPlan(plan(7))
    let text = try MarkdownReport().text(of: report)
    #expect(text.split(separator: "| Estimated rows | `Seq Scan on p").count == 6)
    #expect(text.contains("25 more differences are left out"))
  }

  @Test(arguments: HostileTextTests.texts)
  func keepsWhatWasPastedInItsPlace(_ hostile: String) throws {
    var report = PastedReport.report
    report.pasted?.text = hostile
    report.pasted?.notes = [hostile]
    report.pasted?.plan.nodes[2].relation?.alias = hostile
    report.pasted?.plan.nodes[4].indexName = hostile
    report.pasted?.plan.settings = [PlanProperty("a", hostile), PlanProperty(PropertyKey(hostile), "b")]
    report.pasted?.plan.nodes[2].properties = [PlanProperty(.filter, "(a = '\(hostile)'::text)")]
    report.pasted?.plan.queryIdentifier = hostile
    let text = try MarkdownReport().text(of: report)
    #expect(Checklist.check(text) == [])
    let read = try #require(ReportText(text))
    #expect(read.planText == OrdersReport.planText)
    #expect(read.findings.count == 3)
  }

  /// The part of the report that is about the pasted plan.
  private func section(_ pasted: String) throws -> String {
    let text = try MarkdownReport().text(of: PastedReport.report(pasted))
    #expect(Checklist.check(text) == [])
    let start = try #require(text.range(of: "### Compared with the pasted plan"))
    let end = try #require(text.range(of: "\n## Findings"))
    return String(text[start.lowerBound..<end.lowerBound])
  }
}
