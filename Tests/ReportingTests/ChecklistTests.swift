import Reporting
import Testing

@Suite struct ChecklistTests {
  @Test(arguments: SampleReports.all)
  func findsNothingMissingInAReportOfThisProgram(_ sample: SampleReport) throws {
    let text = try MarkdownReport().text(of: sample.report)
    #expect(Checklist.check(text) == [])
  }

  @Test(arguments: Mutation.all)
  func reportsWhatWasTakenOut(_ mutation: Mutation) throws {
    let text = try mutation.good()
    let mutated = mutation.apply(to: text)
    #expect(mutated != text, "the mutation changes nothing")
    let found = Checklist.check(mutated)
    #expect(found.contains { $0.message.contains(mutation.message) }, "\(found)")
  }

  @Test func namesTheLine() throws {
    let text = try MarkdownReport().text(of: OrdersReport.report)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.hasPrefix("### Finding 2") }) + 1
    let found = Checklist.check(
      text.replacingFirst(
        "**Applies to:** Original Query\n\n#### What we observed\n\n```text\n->  Index",
        with: "```text\n->  Index"))
    #expect(found.contains { $0.line == line && $0.message == "Finding 2 does not say what it applies to" })
  }

  @Test(arguments: ["", "\n", "hello", "# SQL Query Explainability — Diagnostic Report"])
  func survivesATextThatIsNoReport(_ text: String) {
    #expect(!Checklist.check(text).isEmpty)
  }
}

/// One thing changed in a good report, and what the checklist must say about it.
struct Mutation: Sendable, CustomTestStringConvertible {
  enum Source: Sendable {
    case orders, update, timedOut, offline, bareInsert, anomaly, healthy, parallel, pasted, reassessed
  }

  var source: Source
  var old: String
  var new: String
  var message: String
  var testDescription: String { "\(source): \(old.prefix(40)) → \(new.prefix(40))" }

  init(_ source: Source, _ old: String, _ new: String, _ message: String) {
    self.source = source
    self.old = old
    self.new = new
    self.message = message
  }

  func apply(to text: String) -> String { text.replacingFirst(old, with: new) }

  func good() throws -> String {
    let printer = try MarkdownReport()
    switch source {
    case .orders: return printer.text(of: OrdersReport.report)
    case .update: return printer.text(of: LongUpdateReport.report)
    case .timedOut: return printer.text(of: TimedOutReport.report)
    case .offline: return printer.text(of: AccountReport.report)
    case .bareInsert: return printer.text(of: BareInsertReport.report)
    case .anomaly: return printer.text(of: AnomalyReport.report)
    case .healthy: return printer.text(of: HealthyReport.report)
    case .parallel: return printer.text(of: ParallelReport.report)
    case .pasted: return printer.text(of: PastedReport.report)
    case .reassessed: return try Self.reassessed(printer)
    }
  }

  private static func reassessed(_ printer: MarkdownReport) throws -> String {
    var text = printer.text(of: OrdersReport.report)
    for new in [ReassessmentSamples.kept, ReassessmentSamples.changedResult] {
      let read = try #require(ReportText(text))
      text = ReportText.appending(addendum: printer.addendum(for: Reassessment(of: read, new: new)), to: text)
    }
    return text
  }

  static let all: [Mutation] = [
    Mutation(.orders, "— Diagnostic", "- Diagnostic", "the first line is not"),
    Mutation(.orders, "\nPreview", "\n\nPreview", "on the very next line"),
    Mutation(.orders, "Preview Only - not", "Preview only - not", "on the very next line"),
    Mutation(
      .orders, "## Query Information", "## Query information", "section `## Query Information` is missing"),
    Mutation(.orders, "\n## Evidence\n", "\n## Evidence\n\n## Evidence\n", "occurs twice"),
    Mutation(.orders, "## SQL Statement", "## Summary", "out of order"),
    Mutation(.orders, "\n## Summary", "\n## Remarks\n\n## Summary", "`## Remarks` is no section"),
    Mutation(.orders, "\n## Next Steps", "\n### Next Steps", "section `## Next Steps` is missing"),
    Mutation(.orders, "| Planning Time |", "| Plan Time |", "does not begin with the rows"),
    Mutation(.orders, "| Field | Value |", "| Name | Value |", "the table `Field | Value` is missing"),
    Mutation(.orders, "| 2,024.118 ms |", "| fast |", "Execution Time is no time"),
    Mutation(.orders, "| not reported by this server |", "| 0.1 |", "does not read `Compute"),
    Mutation(.anomaly, "Total: 0.40060 |", "Total: 0.50060 |", "do not add up to their Total"),
    Mutation(.healthy, "`compute_query_id = on` gives one", "try again", "does not name `compute_query_id`"),
    Mutation(.orders, "```sql\nSELECT o.id", "SELECT o.id", "fence"),
    Mutation(.orders, "ORDER BY o.created_at\n```", "ORDER BY o.created_at\n", "never closed"),
    Mutation(.update, "because EXPLAIN", "as EXPLAIN", "no sentence says why"),
    Mutation(.update, "```sql\nSELECT e.ctid", "```sql\nUPDATE events", "the statement that was run writes"),
    Mutation(.offline, "The statement is not known", "No statement", "does not stand in a fence marked sql"),
    Mutation(.orders, "| Own time |", "| Self |", "the table `Rank"),
    Mutation(.orders, "| 2 | `Index Scan", "| 3 | `Index Scan", "the ranks do not count from 1"),
    Mutation(.orders, "| 7.5% | 151 ms |", "| 7.5% | 1 ms |", "not ordered by own time"),
    Mutation(.orders, "| 7.5% | 151 ms |", "| 7.5% | 1,841 ms |", "own time is longer than Node Duration"),
    Mutation(.orders, "| 91% | 1,842 ms |", "| 228% | 1,842 ms |", "over 100%"),
    Mutation(.orders, "| 9.84 ms |", "| 0.84 ms |", "do not add up"),
    Mutation(.orders, "accounted for: 100%", "accounted for: 98%", "is not its own quotient"),
    Mutation(.orders, "accounted for: ", "accounts: ", "the line `accounted for: …` is missing"),
    Mutation(.parallel, "\ninferred: ", "\nguessed: ", "no line says what `inferred` means"),
    Mutation(
      .orders, "| 100 | 4,200 | 42.0x |", "| 100 | 4,200 |", "the row has 7 cells, the table 8 columns"),
    Mutation(
      .anomaly, "| Node | Layer | Key |", "| Node | Where | Key |", "the layer that evaluates each predicate"),
    Mutation(
      .pasted, "**Another shape:** ", "", "what the comparison with the pasted plan came to is missing"),
    Mutation(.pasted, "### Compared with", "### About", "what the comparison with the pasted plan came to"),
    Mutation(.pasted, "### Pasted plan", "### Plan", "the pasted plan does not stand in a fence"),
    Mutation(.pasted, "| Capture | live |", "| Capture | pasted plan |", "has no captured plan to compare"),
    Mutation(.orders, "### Finding 2:", "### Finding 3:", "not numbered from 1"),
    Mutation(
      .orders, "(CRITICAL — 1,842", "(HIGH — 1,842", "Finding 1 is HIGH, but its share makes it CRITICAL"),
    Mutation(
      .orders, "1,842 ms, 91% of execution)", "842 ms, 91% of execution)",
      "is not its share of the Execution Time"),
    Mutation(.orders, "(CRITICAL — 1,842 ms, 91% of execution)", "(CRITICAL)", "has no share"),
    Mutation(.orders, "(CRITICAL — 1,842 ms, 91% of execution)", "(bad)", "the heading is not of the form"),
    Mutation(.orders, "91% of execution)", "191% of execution)", "over 100%"),
    Mutation(.orders, "(MODERATE — 151 ms, 7% of", "(CRITICAL — 1,984 ms, 98% of", "not ordered by impact"),
    Mutation(
      .orders, "**Applies to:** Original Query", "**Applies to:** The query",
      "does not say what it applies to"),
    Mutation(.orders, "#### Why it happened", "#### Why", "has not exactly the parts"),
    Mutation(.orders, "#### Why it happened", "#### Recommendation", "has not exactly the parts"),
    Mutation(
      .orders, "| Rows | 100 | 4,200 | 42.0x |", "| Rows | 100 | 4,200 | 12.0x |", "not actual over estimated"
    ),
    Mutation(
      .orders, "| Rows | 100 | 4,200 | 42.0x |", "| Rows | 100 | 4,200 | much |", "of the form `12.4x`"),
    Mutation(
      .orders, "| Metric | Estimated | Actual | Error |", "| Metric | Estimated | Real | Error |",
      "the table is not"),
    Mutation(.orders, "- **How this is known:**", "- **Known:**", "does not say how its cause is known"),
    Mutation(.orders, "- **Wrong if:**", "- **Unless:**", "what would show its cause to be wrong"),
    Mutation(.orders, "This cause is unverified.", "Probably so.", "is not called unverified"),
    Mutation(
      .orders, "SELECT count(*) FROM public.orders WHERE status = 'pending';\n```", "```",
      "the query that would check"),
    Mutation(
      .orders, "This finding is a consequence of Finding 2", "This finding is a consequence of Finding 9",
      "which is no earlier cause"),
    Mutation(.orders, "addresses this one. No", "helps here. No", "is not verbatim"),
    Mutation(.orders, "**Expected impact:** saves", "Impact: saves", "has no `**Expected impact:**`"),
    Mutation(.orders, "(computed from statistics: 4,200", "(surely: 4,200", "where its number comes from"),
    Mutation(.orders, "INDEX CONCURRENTLY orders_status", "INDEX orders_status", "CREATE INDEX CONCURRENTLY"),
    Mutation(.offline, "INDEX ASYNC transaction", "INDEX CONCURRENTLY transaction", "CREATE INDEX ASYNC"),
    Mutation(.orders, "(status, created_at);", "(id);", "the recommended index exists already"),
    Mutation(.orders, "- **Undo:** `DROP", "- **Back:** `DROP", "how to undo its index"),
    Mutation(
      .offline, "CREATE INDEX ASYNC", "SET work_mem = '1GB';\nCREATE INDEX ASYNC",
      "Aurora DSQL has no SET work_mem"),
    Mutation(.healthy, "No finding. ", "All good. ", "why the plan is considered healthy"),
    Mutation(
      .anomaly, "**query results are correct**", "results are fine", "whether query results are correct"),
    Mutation(.orders, "| Metric | Default |", "| Metric | Base |", "do not begin with the column Default"),
    Mutation(.orders, "| DPU (Total) |", "| DPU |", "have not exactly the rows"),
    Mutation(.orders, "### Redundant Predicate Test Results", "### Redundant", "is not the last part"),
    Mutation(.update, "(45.2s)", "(44.2s)", "the sentence on skipped experiments"),
    Mutation(.update, "30-second threshold", "30 second threshold", "the sentence on skipped experiments"),
    Mutation(.update, "SET enable_nestloop = off;\n", "", "not the four statements"),
    Mutation(
      .update, "VERBOSE SELECT e.ctid, j.ctid, 'done' FROM jobs j, events e", "VERBOSE UPDATE events",
      "would execute it"),
    Mutation(
      .update, "VERBOSE SELECT e.ctid", "VERBOSE WITH d AS (DELETE FROM jobs RETURNING 1) SELECT e.ctid",
      "would execute it"),
    Mutation(.update, "VERBOSE SELECT e.ctid, j.ctid", "VERBOSE SELECT e.ctid", "does not hold the SELECT"),
    Mutation(
      .update, "GUC experimentation skipped — original", "GUC experiments skipped: original",
      "neither experiments nor a reason"),
    Mutation(.timedOut, "capture timed out) exceeds", "slow) exceeds", "name no time"),
    Mutation(.timedOut, "**Estimates only.**", "**Note.**", "made from estimates"),
    Mutation(.offline, "**No fresh plan was captured.**", "**Note.**", "no fresh plan was captured"),
    Mutation(.offline, "plandx analyze -f", "plandx -f", "the `plandx analyze` line"),
    Mutation(
      .offline, "This SQL collects what is missing:\n\n```sql", "Missing:\n\n```text",
      "the SQL that would collect"),
    Mutation(.bareInsert, "no SQL would collect it", "no way", "the SQL that would collect"),
    Mutation(.offline, "### Missing evidence", "### Other", "which evidence is missing"),
    Mutation(
      .anomaly, "\n## Support Request Template", "\n### Support Request",
      "section `## Support Request Template` is missing"),
    Mutation(
      .orders, "\n## Summary", "\n## Support Request Template\n\n## Summary", "without a BUG REPORT finding"),
    Mutation(.anomaly, "**Subject:** ", "**Title:** ", "has no Subject"),
    Mutation(.anomaly, "### Index Definitions", "### Indexes", "has no `### Index Definitions`"),
    Mutation(.anomaly, "(note ~~ $4::text)", "(note ~~ 'top secret%'::text)", "holds a literal"),
    Mutation(.anomaly, "o.total > $3", "o.total > 4711.25", "holds a literal in `### Statement`"),
    Mutation(.anomaly, "(note <> $1::text)", "(note <> 7)", "holds a literal in `### Index Definitions`"),
    Mutation(.anomaly, "((total > $3)", "((total > 4711.25)", "holds a literal in `### Full EXPLAIN Output`"),
    Mutation(.anomaly, "o.region = $2", "o.region = eu-west-1", "holds a literal"),
    Mutation(.orders, "| # | Finding |", "| No | Finding |", "the table `#"),
    Mutation(
      .orders, "| 2 | The statistics of", "| 2 | Statistics of",
      "does not agree with the heading of Finding 2"),
    Mutation(
      .orders, "| MODERATE | see Finding 2", "| HIGH | see Finding 2",
      "does not agree with the heading of Finding 3"),
    Mutation(.healthy, "| — | none |", "| 0 | nothing |", "is not the one row"),
    Mutation(.orders, "apply Finding 1 first", "apply all", "which finding to apply first"),
    Mutation(.orders, "becomes a new finding", "is noted", "far from the prediction"),
    Mutation(.orders, "plandx reassess 'slow", "plandx redo 'slow", "command line is missing"),
    Mutation(.orders, "plandx reassess 'slow", "plandx reassess --host=db 'slow", "connection options"),
    Mutation(.orders, "<!-- plandx-baseline", "<!-- baseline", "only the baseline may stand in a comment"),
    Mutation(
      .orders, "<!-- plandx-baseline {\"analyzed\"", "<!-- plandx-baseline {\"anal\"", "cannot be decoded"),
    Mutation(
      .orders, "\"executionTime\":2024.118", "\"executionTime\":1024.118", "the baseline's Execution Time"),
    Mutation(.orders, "\"number\":2", "\"number\":4", "the baseline does not agree with Finding 2"),
    Mutation(.orders, "\n## Next Steps", "\n<b>bold</b>\n\n## Next Steps", "HTML stands in the report"),
    Mutation(.orders, "| Field | Value |\n|---|---|\n", "| Field | Value |\n", "no line of dashes"),
    Mutation(.reassessed, "## Addendum 2:", "## Addendum 3:", "the heading is not `## Addendum 2"),
    Mutation(
      .reassessed, "**Match against Expected Impact:** Yes", "**Match against Expected Impact:** Sure",
      "neither Yes, No"),
    Mutation(.reassessed, "**Change applied:**", "**Change:**", "has not exactly **Change applied:**"),
    Mutation(.reassessed, "| Total Query Cost |", "| Cost |", "has not exactly the rows"),
    Mutation(.reassessed, "- Finding 2: now", "- Two: now", "what became of Finding 2"),
    Mutation(
      .reassessed, "**The result row count changed", "The result row count changed", "not flagged in bold"),
    Mutation(.reassessed, "91.5% ↓", "91.5% ↑", "the improvement is not what both figures give"),
    Mutation(.reassessed, "; not tried: run analyze", "", "does not say that it was not tried"),
    Mutation(.reassessed, "### Finding 4", "### Finding 7", "do not continue the report's numbers"),
    Mutation(.reassessed, "### Re-captured Plan\n\n```text", "### Re-captured\n\n```text", "of its own"),
  ]
}
